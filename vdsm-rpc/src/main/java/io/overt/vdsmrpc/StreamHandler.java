package io.overt.vdsmrpc;

import java.io.IOException;

/** Gives streams of bytes to peers that ask for them. */
@FunctionalInterface
public interface StreamHandler {
  /**
   * Carries bytes until either side ends; the connection is closed after it.
   *
   * @param request what is asked for, by whom
   * @throws StreamRefused before {@link Accepting#accept}, with what the peer is told
   */
  void serve(Request request, Accepting connection) throws IOException;

  /**
   * What is asked for.
   *
   * @param peer who asks, by its certificate
   * @param path starts with a slash
   * @param user for whom, in the peer's words; empty for nobody in particular
   * @param take whether who has it now is to lose it
   */
  record Request(PeerIdentity peer, String path, String user, boolean take) {}

  /** The peer, waiting for an answer. */
  @FunctionalInterface
  interface Accepting {
    /** Says yes. What comes and goes from now on are the stream's bytes. */
    ByteStream accept() throws IOException;
  }
}
