package io.overt.vdsmrpc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Verbs small enough to see through, that exercise every way a verb can end. */
final class ToyVerbs implements VerbHandler {
  final CountDownLatch release = new CountDownLatch(1);
  final CountDownLatch waiting = new CountDownLatch(1);

  @Override
  public @Nullable Object call(RpcCall call) {
    return switch (call.method()) {
      case "Host.ping2" -> null;
      case "Toy.echo" -> call.named(List.of("first", "second"));
      case "Toy.who" -> who(call);
      case "Toy.wait" -> await();
      case "Toy.fail" -> throw new IllegalStateException("the secret");
      case "Toy.unprintable" -> Map.of("a", new Object());
      case "VM.destroy" -> throw new RpcException(1, "Virtual machine does not exist");
      default -> throw new RpcException(RpcException.UNKNOWN_METHOD, "No verb " + call.method());
    };
  }

  private static Map<String, Object> who(RpcCall call) {
    Map<String, Object> who = new LinkedHashMap<>();
    who.put("host", call.peer().host());
    who.put("flow", call.correlationId().orElse(""));
    who.put("cn", call.peer().identity().commonName());
    who.put("roles", call.peer().identity().roles());
    who.put("names", call.peer().identity().alternativeNames());
    return who;
  }

  private Object await() {
    waiting.countDown();
    try {
      if (!release.await(10, TimeUnit.SECONDS)) {
        throw new RpcException(100, "Never released");
      }
      return "released";
    } catch (InterruptedException interrupted) {
      throw new RpcException(100, "Interrupted", interrupted);
    }
  }
}
