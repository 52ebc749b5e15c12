package io.overt.access.directory;

/** A change of the directory is refused; the message names the entry and what was expected. */
public final class DirectoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DirectoryException(String message) {
    super(message);
  }
}
