# Some processes. Each keeps pages in memory and a file in which every page and block carries the same tick, and
# checks before and after each round that this is so. Any mix of ticks is written to /data/brokenN, for good.
use strict;
my ($pages, $workers) = @ARGV;

sub worker {
    my ($id) = @_;
    my @memory = map { "x" x 4096 } 1 .. $pages;
    open(my $file, '+>', "/data/file$id") or die;
    my $tick = 0;
    my $stamp = sprintf("%012d", $tick);
    my $put = sub {
        substr($_, 0, 12) = $stamp for @memory;
        for my $block (0 .. 3) { sysseek($file, $block * 4096, 0); syswrite($file, $stamp); }
    };
    my $check = sub {
        my $bad = grep { substr($_, 0, 12) ne $stamp } @memory;
        for my $block (0 .. 3) {
            open(my $again, '<', "/data/file$id") or do { $bad++; next };
            sysseek($again, $block * 4096, 0);
            my $found = '';
            sysread($again, $found, 12);
            $bad++ if $found ne $stamp;
        }
        if ($bad) { open(my $out, '>', "/data/broken$id"); print $out "$bad at $tick\n"; }
    };
    $put->();
    while (1) {
        $check->();
        $stamp = sprintf("%012d", ++$tick);
        $put->();
        $check->();
        open(my $out, '>', "/data/next$id") or next;
        print $out $tick;
        close $out;
        rename("/data/next$id", "/data/tick$id");
        select(undef, undef, undef, 0.01);
    }
}

mkdir '/data';
for my $id (1 .. $workers - 1) { worker($id) unless fork; }
worker(0);
