# Two processes and memory that both have: anonymous, of a memfd, and of System V. One writes a tick into every page, the
# other looks whether each carries it, in turns. Each turn is a line of /data/ticks; what differs is in /data/broken, for good.
# The calls are those of x86-64.
use strict;
use constant { READ => 0, MMAP => 9, SHMAT => 30, FTRUNCATE => 77, MEMFD_CREATE => 319, SHARED => 1, ANONYMOUS => 0x20 };

my $pages = 64;
my $bytes = 4096 * $pages;

sub mapped {
    my ($flags, $fd) = @_;
    my $at = syscall(MMAP, 0, $bytes, 3, $flags, $fd, 0);
    die "mmap: $!" if $at == -1;
    return $at;
}

my $name = 'shared';
my $memfd = syscall(MEMFD_CREATE, $name, 0);
die "memfd_create: $!" if $memfd < 0 || syscall(FTRUNCATE, $memfd, $bytes) != 0;
my $id = shmget(0, $bytes, 01600) // die "shmget: $!";
my $attached = syscall(SHMAT, $id, 0, 0);
die "shmat: $!" if $attached == -1;

my @places;
for my $segment (mapped(SHARED | ANONYMOUS, -1), mapped(SHARED, $memfd), $attached) {
    push @places, map { $segment + 4096 * $_ } 0 .. $pages - 1;
}

mkdir '/data';
pipe(my $asked, my $ask) && pipe(my $told, my $tell) && pipe(my $out, my $in) or die $!;
if (!fork) {
    while (sysread($asked, my $tick, 12)) {
        my $bad = grep { unpack('P12', pack('Q', $_)) ne $tick } @places;
        if ($bad) { open(my $broken, '>', '/data/broken'); print $broken "$bad pages are not of $tick\n"; }
        syswrite($tell, '.');
    }
    exit;
}
open(my $ticks, '>>', '/data/ticks') or die $!;
for (my $n = 1; ; $n++) {
    my $tick = sprintf('%012d', $n);
    for my $place (@places) {
        syswrite($in, $tick);
        die "read: $!" if syscall(READ, fileno($out), $place, 12) != 12;
    }
    syswrite($ask, $tick);
    sysread($told, my $done, 1);
    syswrite($ticks, "$n\n");
    select(undef, undef, undef, 0.01);
}
