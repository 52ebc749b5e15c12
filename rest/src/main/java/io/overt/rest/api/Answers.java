package io.overt.rest.api;

import io.overt.codec.CollectionSize;
import io.overt.codec.Link;
import io.overt.model.ApiFault;
import io.overt.model.OperationType;
import io.overt.model.Outcome;
import io.overt.model.ParameterType;
import io.overt.model.Schema;
import io.overt.model.ServiceType;
import io.overt.model.Struct;
import io.overt.model.StructType;
import io.overt.model.types.Action;
import io.overt.model.types.Api;
import io.overt.model.types.Job;
import io.overt.rest.document.Decoration;
import io.overt.rest.follow.FollowTree;
import io.overt.rest.follow.Follower;
import io.overt.rest.http.Exchange;
import io.overt.rest.http.Format;
import io.overt.rest.route.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers what an operation returned. */
final class Answers {
  private static final Pattern ACCEPTED_DETAIL =
      Pattern.compile(";\\s*detail\\s*=\\s*\"?([^;\",]*)");

  private final Invoker invoker;
  private final Waiting waiting;

  Answers(Invoker invoker, Waiting waiting) {
    this.invoker = invoker;
    this.waiting = waiting;
  }

  void answer(ApiRequest request, Target target, RestCall call, Format format, Object result)
      throws IOException {
    Outcome.Content content = result instanceof Outcome<?> outcome ? outcome.content() : null;
    if (content != null) {
      request.exchange().answer(200, content.mediaType(), content.bytes());
      return;
    }
    switch (call.operation().name()) {
      case "list" -> list(request, target, call, format, Invoker.entries(result));
      case "get" -> entity(request, target, call, format, (Struct) result);
      case "add" -> added(request, target, call, format, outcome(result));
      case "update" -> updated(request, target, call, format, outcome(result));
      case "remove" -> removed(request, call, format, outcome(result));
      default -> acted(request, target, call, format, outcome(result));
    }
  }

  private static Outcome<?> outcome(Object result) {
    if (result instanceof Outcome<?> outcome) {
      return outcome;
    }
    throw new IllegalStateException("a change returned " + result.getClass().getName());
  }

  private void list(
      ApiRequest request, Target target, RestCall call, Format format, List<? extends Struct> found)
      throws IOException {
    List<? extends Struct> entries = found;
    Long max = call.parameters().integer("max");
    if (max != null && max >= 0 && entries.size() > max) {
      entries = entries.subList(0, Math.toIntExact(max));
    }
    ServiceType service = request.dialect().view().tree().entryService(target.service());
    FollowTree tree = tree(call);
    if (service != null && !tree.isEmpty()) {
      entries = follower(call).entries(entries, target.path(), service, tree);
    }
    FollowTree detail = detail(request, call);
    if (service != null && !detail.isEmpty()) {
      entries = lenient(call).entries(entries, target.path(), service, detail);
    }
    CollectionSize size =
        detail.children().containsKey("size")
            ? new CollectionSize((long) entries.size(), (long) found.size())
            : CollectionSize.NONE;
    Decoration decoration =
        Decoration.ofCollection(
                request.dialect().view(), request.info().base(), target.path(), entries, service)
            .asking(asking(request, call, detail));
    try (OutputStream output = request.exchange().stream(200, format.contentType())) {
      request
          .dialect()
          .writeCollection(
              elementType(call.operation()), entries, size, format, decoration, output);
    }
  }

  private static StructType elementType(OperationType operation) {
    ParameterType result = operation.result();
    if (result == null || result.reference() == null) {
      throw new IllegalStateException(operation.key() + " lists nothing");
    }
    return Schema.current().struct(result.reference());
  }

  private void entity(ApiRequest request, Target target, RestCall call, Format format, Struct found)
      throws IOException {
    Struct entity = found;
    FollowTree tree = tree(call);
    if (!tree.isEmpty()) {
      entity = follower(call).entity(entity, target.path(), target.service(), tree);
    }
    FollowTree detail = detail(request, call);
    if (!detail.isEmpty()) {
      entity = lenient(call).entity(entity, target.path(), target.service(), detail);
    }
    if (entity instanceof Api) {
      request.exchange().setHeader("Link", linkHeader(request));
    }
    write(request, call, 200, format, entity, target.path(), target.service(), null);
  }

  /** All links of the root, sorted as whole strings (oVirt engine 4.5). */
  private static String linkHeader(ApiRequest request) {
    return request
        .dialect()
        .view()
        .relations()
        .links(request.dialect().view().tree().root(), request.info().base())
        .stream()
        .map(link -> "<" + request.info().origin() + link.href() + ">; rel=" + link.rel())
        .sorted()
        .collect(Collectors.joining(","));
  }

  private static FollowTree tree(RestCall call) {
    return call.operation().parameter("follow") == null
        ? FollowTree.parse(null)
        : FollowTree.parse(call.parameters().text("follow"));
  }

  /** What a media type asks for: {@code Accept: application/xml; detail=nics+disks}. */
  private static @Nullable String acceptedDetail(Exchange exchange) {
    for (String header : exchange.headers("Accept")) {
      Matcher matcher = ACCEPTED_DETAIL.matcher(header);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    return null;
  }

  /** Who knows what documents of this version say beyond the members of objects. */
  private BiFunction<Struct, String, @Nullable Object> asking(
      ApiRequest request, RestCall call, FollowTree detail) {
    Inner inner = invoker.inner(call.parameters(), call.context());
    return request.dialect().customs().asking(inner, List.copyOf(detail.children().keySet()));
  }

  /** {@code detail=nics+disks,-main}: plus signs arrive as blanks; exclusions mean nothing here. */
  private static FollowTree detail(ApiRequest request, RestCall call) {
    String detail = call.parameters().text("detail");
    if (detail == null) {
      detail = acceptedDetail(request.exchange());
    }
    Stream<String> always = request.dialect().customs().inline(call.operation()).stream();
    Stream<String> asked =
        detail == null
            ? Stream.of()
            : Arrays.stream(detail.split("[ +,]"))
                .filter(word -> !word.startsWith("-") && !word.equals("main"));
    String words = Stream.concat(always, asked).collect(Collectors.joining(","));
    return FollowTree.parse(words.isEmpty() ? null : words);
  }

  private Follower follower(RestCall call) {
    return new Follower(invoker.view(), path -> invoker.get(path, call), true);
  }

  private Follower lenient(RestCall call) {
    return new Follower(invoker.view(), path -> invoker.get(path, call), false);
  }

  private void added(
      ApiRequest request, Target target, RestCall call, Format format, Outcome<?> outcome)
      throws IOException {
    Struct entity = require(outcome, call);
    ServiceType service = request.dialect().view().tree().entryService(target.service());
    String path = service == null ? target.path() : target.path() + "/" + entity.requireId();
    boolean pending = outcome.pending();
    String job = outcome.job();
    if (pending && job != null && request.expects("201-created")) {
      pending = !waiting.done(job);
      Struct now = pending ? null : invoker.reread(path, call);
      entity = now == null ? entity : now;
    }
    if (outcome.assigned()) {
      write(request, call, 200, format, entity, path, service, null);
      return;
    }
    Exchange exchange = request.exchange();
    String base = request.info().base();
    Decoration decoration =
        Decoration.ofEntity(request.dialect().view(), base, path, entity, service);
    String href = decoration.href(entity);
    if (href != null) {
      exchange.setHeader("Location", request.info().origin() + href);
    }
    Decoration.Extra extra =
        pending
            ? new Decoration.Extra(
                "in_progress",
                List.of(new Link(href + "/creation_status/" + job, "creation_status")))
            : null;
    write(request, call, pending ? 202 : 201, format, entity, path, service, extra);
  }

  private void updated(
      ApiRequest request, Target target, RestCall call, Format format, Outcome<?> outcome)
      throws IOException {
    boolean accepted = outcome.pending() && asynchronous(request, call);
    String job = outcome.job();
    if (accepted && job != null) {
      request.exchange().setHeader("Location", jobAddress(request, job));
    }
    write(
        request,
        call,
        accepted ? 202 : 200,
        format,
        require(outcome, call),
        target.path(),
        target.service(),
        null);
  }

  private static boolean asynchronous(ApiRequest request, RestCall call) {
    return Boolean.TRUE.equals(call.parameters().bool("async")) || request.expects("202-accepted");
  }

  private void removed(ApiRequest request, RestCall call, Format format, Outcome<?> outcome)
      throws IOException {
    String job = outcome.job();
    if (asynchronous(request, call)) {
      if (job != null) {
        request.exchange().setHeader("Location", jobAddress(request, job));
      }
      request.exchange().answer(202);
      return;
    }
    boolean done = !outcome.pending() || job == null || waiting.done(job);
    Action action = new Action().status(done ? "complete" : "in_progress");
    if (job != null) {
      action.job(job(job));
    }
    write(request, call, 200, format, action, null, null, null);
  }

  private void acted(
      ApiRequest request, Target target, RestCall call, Format format, Outcome<?> outcome)
      throws IOException {
    String job = outcome.job();
    boolean pending = outcome.pending() && job != null;
    if (pending && job != null && waits(call)) {
      pending = !waiting.done(job);
    }
    Action action = ActionEcho.of(call, target, outcome.entity());
    if (job != null) {
      action.job(job(job));
    }
    if (pending && job != null) {
      String replay = target.path() + "/" + call.operation().segment();
      String base = request.info().base();
      action.async(true).status("in_progress").id(job);
      request.exchange().setHeader("Location", jobAddress(request, job));
      List<Link> links =
          List.of(new Link(base + target.path(), "parent"), new Link(base + replay, "replay"));
      write(
          request,
          call,
          202,
          format,
          action,
          replay + "/" + job,
          null,
          new Decoration.Extra(null, links));
    } else {
      write(request, call, 200, format, action.status("complete"), null, null, null);
    }
  }

  /** Only an explicit {@code async=false} waits. */
  private static boolean waits(RestCall call) {
    Struct body = call.body();
    Object said = body == null ? null : body.get("async");
    return Boolean.FALSE.equals(said == null ? call.parameters().bool("async") : said);
  }

  private static Job job(String id) {
    Job job = new Job();
    job.id(id);
    return job;
  }

  private static String jobAddress(ApiRequest request, String job) {
    return request.info().origin() + request.info().base() + "/jobs/" + job;
  }

  private static Struct require(Outcome<?> outcome, RestCall call) {
    Struct entity = outcome.entity();
    if (entity == null) {
      throw new IllegalStateException(call.operation().key() + " returned no entity");
    }
    return entity;
  }

  private void write(
      ApiRequest request,
      RestCall call,
      int status,
      Format format,
      Struct root,
      @Nullable String path,
      @Nullable ServiceType service,
      Decoration.@Nullable Extra extra)
      throws IOException {
    Decoration decoration =
        Decoration.ofEntity(request.dialect().view(), request.info().base(), path, root, service)
            .asking(asking(request, call, detail(request, call)));
    if (extra != null) {
      decoration.with(extra);
    }
    try (OutputStream output = request.exchange().stream(status, format.contentType())) {
      request.dialect().write(root, format, decoration, output);
    }
  }

  /** A refusal of the work that a client waited for. */
  static ApiFault failed(@Nullable String message) {
    return ApiFault.conflict(message == null ? "The operation failed" : message);
  }
}
