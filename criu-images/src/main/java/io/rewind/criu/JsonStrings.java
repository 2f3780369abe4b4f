package io.rewind.criu;

import java.util.ArrayList;
import java.util.List;

/** JSON as far as descriptors.json needs it (RFC 8259): one array of at most a few strings. */
final class JsonStrings {
    private static final int MAX_STRINGS = 16;

    private final String text;
    private int at;

    JsonStrings(String text) {
        this.text = text;
    }

    List<String> array() {
        List<String> strings = new ArrayList<>();
        expect('[');
        if (!accept(']')) {
            do {
                strings.add(string());
            } while (strings.size() < MAX_STRINGS && accept(','));
            expect(']');
        }
        space();
        if (at != text.length()) {
            throw damaged();
        }
        return strings;
    }

    static String write(List<String> strings) {
        StringBuilder out = new StringBuilder("[");
        for (String string : strings) {
            out.append(out.length() == 1 ? "\"" : ",\"");
            for (int i = 0; i < string.length(); i++) {
                char c = string.charAt(i);
                if (c == '"' || c == '\\') {
                    out.append('\\').append(c);
                } else if (c < ' ' || Character.isSurrogate(c)) {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
            out.append('"');
        }
        return out.append(']').toString();
    }

    private String string() {
        expect('"');
        StringBuilder out = new StringBuilder();
        for (char c = take(); c != '"'; c = take()) {
            if (c < ' ') {
                throw damaged();
            }
            out.append(c == '\\' ? escaped() : c);
        }
        return out.toString();
    }

    private char escaped() {
        char c = take();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) (hex() << 12 | hex() << 8 | hex() << 4 | hex());
            default -> throw damaged();
        };
    }

    private int hex() {
        char c = take();
        int digit = c < 128 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
            throw damaged();
        }
        return digit;
    }

    private void expect(char wanted) {
        if (!accept(wanted)) {
            throw damaged();
        }
    }

    private boolean accept(char wanted) {
        space();
        boolean there = at < text.length() && text.charAt(at) == wanted;
        if (there) {
            at++;
        }
        return there;
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char take() {
        if (at == text.length()) {
            throw damaged();
        }
        return text.charAt(at++);
    }

    private static RuntimeException damaged() {
        return CriuFault.IMAGE_DAMAGED.rejected(ImageNames.DESCRIPTORS + " is not a list of strings.");
    }
}
