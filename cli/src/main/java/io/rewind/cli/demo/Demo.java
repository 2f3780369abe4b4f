package io.rewind.cli.demo;
import io.rewind.cli.output.Terminal;
public final class Demo {
    public Demo(Terminal terminal, String mainClass) {}
    public boolean run() { return false; }
}
