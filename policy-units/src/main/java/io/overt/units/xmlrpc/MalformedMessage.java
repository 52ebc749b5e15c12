package io.overt.units.xmlrpc;

/** Bytes that are no XML-RPC message; the message says what is wrong. */
public final class MalformedMessage extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedMessage(String message) {
    super(message);
  }
}
