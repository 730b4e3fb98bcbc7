package storefact.warehouse.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** The native protocol's greeting, spoken as far as the engine's first byte. */
final class NativeHello {
  private NativeHello() {}

  /**
   * 0: the engine greets back; 2: it sends an exception. Texts are shorter than 128 bytes, so that
   * one byte holds the length.
   */
  static int answer(Engine engine, String user, String password) throws IOException {
    ByteArrayOutputStream hello = new ByteArrayOutputStream();
    hello.write(0);
    text(hello, "test");
    hello.writeBytes(new byte[] {1, 1, (byte) 0xF0, (byte) 0xA5, 3}); // version 1.1, revision 54000
    text(hello, "");
    text(hello, user);
    text(hello, password);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), engine.tcpPort())) {
      socket.getOutputStream().write(hello.toByteArray());
      return socket.getInputStream().read();
    }
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.write(text.length());
    out.writeBytes(text.getBytes(UTF_8));
  }
}
