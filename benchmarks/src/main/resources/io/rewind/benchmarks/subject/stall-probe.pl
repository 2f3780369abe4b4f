# Looks at the clock about every millisecond, and prints how long it was kept from doing so. Holds and writes memory.
#   arguments: mebibytes to hold, share of the pages to write every half second, 1 for random whole pages
#   output:    probe ready      memory is filled
#              gap AT LENGTH    it could not run; unix time of its end in seconds, length in microseconds
#              beat AT PAGES    once a second: pages written so far
use strict;
use Time::HiRes qw(clock_gettime CLOCK_MONOTONIC CLOCK_REALTIME);
$| = 1;
my ($mib, $share, $random) = @ARGV;
my $page = 4096;
my $pages = $mib * 256;
my $memory = '';
open(my $urandom, '<:raw', '/dev/urandom') or die;
if ($pages) {
    # Grown in place: an expression would be made a second time beside it.
    vec($memory, $mib * 1048576 - 1, 8) = 0;
    # A quarter of each page cannot be compressed, the rest is unlike any other page's.
    for my $p (0 .. $pages - 1) {
        sysread($urandom, my $noise, 1024);
        substr($memory, $p * $page, $page) = $noise . pack('N', $p) x 768;
    }
}
print "probe ready\n";
my $each = $pages * $share / 500;    # pages a millisecond
my $debt = 0;
my $written = 0;
my $last = clock_gettime(CLOCK_MONOTONIC);
my $beat = $last;
while (1) {
    select(undef, undef, undef, 0.001);
    my $now = clock_gettime(CLOCK_MONOTONIC);
    my $gap = $now - $last;
    printf("gap %.6f %d\n", clock_gettime(CLOCK_REALTIME), $gap * 1e6) if $gap > 0.005;
    # What was missed in a stall is not caught up with: that would be load the stall made.
    $debt += $each * ($gap < 0.005 ? $gap * 1000 : 1);
    while ($debt >= 1) {
        my $p = int(rand($pages));
        if ($random) {
            sysread($urandom, my $noise, $page);
            substr($memory, $p * $page, $page) = $noise;
        } else {
            substr($memory, $p * $page + 64 * int(rand(64)), 64) = pack('Q', $written) x 8;
        }
        $written++;
        $debt--;
    }
    if ($now - $beat >= 1) {
        printf("beat %.6f %d\n", clock_gettime(CLOCK_REALTIME), $written);
        $beat = $now;
    }
    $last = $now;
}
