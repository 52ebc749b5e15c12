package io.overt.rest.socket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A connection to whatever is at the other end; closing it ends reads and writes. */
public interface Tunnel extends AutoCloseable {
  InputStream input() throws IOException;

  OutputStream output() throws IOException;

  @Override
  void close();
}
