# One process asks another over TCP, again and again, and writes down what it hears; it says so when the connection is closed.
use strict;
use Socket;

my $at = sockaddr_in(7777, INADDR_LOOPBACK);
my ($server, $socket);
socket($server, PF_INET, SOCK_STREAM, 0) && bind($server, $at) && listen($server, 5) or die $!;
$SIG{PIPE} = 'IGNORE';

if (!fork) {
    socket($socket, PF_INET, SOCK_STREAM, 0) && connect($socket, $at) or die $!;
    open(my $heard, '>>', '/heard') or die $!;
    while (1) {
        last unless syswrite($socket, '?') && sysread($socket, my $answer, 100);
        syswrite($heard, $answer);
        select(undef, undef, undef, 0.02);
    }
    open(my $closed, '>', '/closed') or die $!;
    sleep 1 while 1;
}

accept(my $client, $server) or die $!;
my $n = 0;
while (sysread($client, my $question, 1)) {
    syswrite($client, ++$n . "\n");
}
sleep 1 while 1;
