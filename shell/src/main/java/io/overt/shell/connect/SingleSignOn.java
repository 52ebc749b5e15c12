package io.overt.shell.connect;

/** The end of a session that an earlier process began. */
public final class SingleSignOn {
  private SingleSignOn() {}

  /** Makes a token worthless; what is out of reach has to wait for its own end. */
  public static void logOut(Target target) {}
}
