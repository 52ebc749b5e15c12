package io.overt.rest.http;

import java.io.IOException;

/** Answers the requests below one path. Called on a virtual thread; may block with a deadline. */
@FunctionalInterface
public interface Endpoint {
  /**
   * Answers completely.
   *
   * @throws HttpProblem to answer with that status instead
   */
  void serve(Exchange exchange) throws IOException;
}
