# A step for each byte that comes through /data/go: a megabyte of memory anew, some bytes in scattered pages, one file for
# another, a line more in a log. When it is done /data/step says which it was, and nothing runs until the next.
use strict;
use Fcntl;
srand(shift);
sub noise { my ($to, $bytes) = @_; open(my $in, '<:raw', '/dev/urandom'); sysread($in, $$to, $bytes); close $in }
my ($kept, $anew) = ('', '');
noise(\$kept, 4 << 20);
mkdir '/data';
system('mkfifo', '/data/go') == 0 or die;
sysopen(my $go, '/data/go', O_RDWR) or die;
sub say_step { open(my $out, '>', '/data/next'); print $out shift; close $out; rename('/data/next', '/data/step') }
say_step(0);
for (my $step = 1; sysread($go, my $byte, 1); $step++) {
    noise(\$anew, 1 << 20);
    substr($kept, 4096 * int(rand(1024)) + int(rand(4000)), 8) = pack('q', $step) for 1 .. 200;
    open(my $file, '>', "/data/file$step");
    print $file substr($anew, 0, 50_000 + $step);
    close $file;
    unlink('/data/file' . ($step - 1));
    open(my $log, '>>', '/data/log');
    print $log "step $step\n";
    close $log;
    say_step($step);
}
