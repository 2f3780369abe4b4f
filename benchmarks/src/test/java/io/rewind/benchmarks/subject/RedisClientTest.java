package io.rewind.benchmarks.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class RedisClientTest {
    @Test
    void aCommandIsAnArrayOfBulkStrings() {
        assertThat(RedisClient.command(bytes("GET"), bytes("ab"))).isEqualTo(bytes("*2\r\n$3\r\nGET\r\n$2\r\nab\r\n"));
    }

    @Test
    void answersAreReadOneByOne() throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes("+OK\r\n$4\r\na\r\nb\r\n$-1\r\n:7\r\n"));

        assertThat(RedisClient.answer(in)).isEqualTo(bytes("+OK"));
        assertThat(RedisClient.answer(in)).isEqualTo(bytes("a\r\nb"));
        assertThat(RedisClient.answer(in)).isEmpty();
        assertThat(RedisClient.answer(in)).isEqualTo(bytes(":7"));
    }

    @Test
    void errorsAndBrokenOffAnswersAreNotTakenForAnswers() {
        assertThatThrownBy(() -> RedisClient.answer(new ByteArrayInputStream(bytes("-LOADING\r\n"))))
                .hasMessageContaining("LOADING");
        assertThatThrownBy(() -> RedisClient.answer(new ByteArrayInputStream(bytes("+OK"))))
                .isInstanceOf(IOException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
