package io.overt.vdsmrpc;

import org.jspecify.annotations.Nullable;

/** Carries out verbs. Called on a virtual thread of its own for each call, several at once. */
@FunctionalInterface
public interface VerbHandler {
  /**
   * Carries out one verb, blocking as long as it takes.
   *
   * @return the result, a value of {@link Json}; null stands for a verb without a result, which the
   *     wire shows as {@code true}
   * @throws RpcException to answer with its code and message; any other exception is logged and
   *     answered as -32603 without its text
   */
  @Nullable Object call(RpcCall call);
}
