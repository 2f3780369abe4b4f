# Counts, in memory and at the end of each file given, which it keeps open. Whatever does not end with the number in
# memory is named in /broken, for good.
use strict;
my $tick = 0;
my %open = map { open(my $file, '>>', $_) or die "$_: $!"; ($_ => $file) } @ARGV;
syswrite($open{$_}, "0\n") for keys %open;
while (1) {
    for my $name (sort keys %open) {
        my $last = -1;
        if (open(my $again, '<', $name)) { $last = $_ while <$again> }
        if ($last != $tick) { open(my $out, '>>', '/broken'); print $out "$name: $last, not $tick\n" }
    }
    $tick++;
    syswrite($open{$_}, "$tick\n") for sort keys %open;
    select(undef, undef, undef, 0.02);
}
