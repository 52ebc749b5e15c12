package io.overt.acceptance.tour;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.overt.acceptance.EngineFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Speaks JSON with the API as one user. Bodies may leave out quotes around names. */
final class Client {
  static final String BASE = "/ovirt-engine/api";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .configure(JsonParser.Feature.ALLOW_SINGLE_QUOTES, true)
          .configure(JsonParser.Feature.ALLOW_UNQUOTED_FIELD_NAMES, true);

  private final String origin;
  private final HttpClient http;
  private final String token;

  private Client(String origin, HttpClient http, String token) {
    this.origin = origin;
    this.http = http;
    this.token = token;
  }

  /** Logs in. */
  static Client of(EngineFixture engine, String user, String password) {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(engine.access().trust())
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    String url = engine.config().url();
    String origin = url.substring(0, url.indexOf("/ovirt-engine"));
    String form =
        "grant_type=password&scope=ovirt-app-api&username="
            + URLEncoder.encode(user, StandardCharsets.UTF_8)
            + "&password="
            + URLEncoder.encode(password, StandardCharsets.UTF_8);
    HttpRequest login =
        HttpRequest.newBuilder(URI.create(url + "/sso/oauth/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    HttpResponse<String> answer = exchange(http, login);
    if (answer.statusCode() != 200) {
      throw new AssertionError("login of " + user + ": " + answer.statusCode());
    }
    return new Client(origin, http, parse(answer.body()).path("access_token").asText());
  }

  static Client administrator(EngineFixture engine) {
    return of(engine, "admin@internal", engine.access().adminPassword());
  }

  static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  Answer get(String path) {
    return send("GET", path, null);
  }

  Answer post(String path, String body) {
    return send("POST", path, body);
  }

  Answer put(String path, String body) {
    return send("PUT", path, body);
  }

  Answer delete(String path) {
    return send("DELETE", path, null);
  }

  /** The one thing of a collection that has this name. */
  Thing named(String collection, String name) {
    for (JsonNode each : get(collection).expect(200).entries()) {
      if (each.path("name").asText().equals(name)) {
        return Thing.of(this, each);
      }
    }
    throw new AssertionError("there is no " + name + " in " + collection);
  }

  Thing thing(String path) {
    return Thing.of(this, get(path).expect(200).body());
  }

  /**
   * Makes something and checks that it can be read as it was described.
   *
   * @param unshown members that say how to make it and are no part of it
   */
  Thing create(String collection, String body, String... unshown) {
    Answer answer = post(collection, body).expect(201, 202);
    Thing made = Thing.of(this, answer.body());
    made.reads(body, unshown);
    return made;
  }

  /**
   * A request below the API's base.
   *
   * @param path from the base or, as links have it, from the server's root
   */
  Answer send(String method, String path, @Nullable String body) {
    String target = path.startsWith(BASE) ? path : BASE + path;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + target))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + token)
            .header("Accept", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(parse(body).toString()));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    HttpResponse<String> response = exchange(http, request.build());
    return new Answer(
        method + " " + path + (body == null ? "" : " " + body),
        response.statusCode(),
        response.body());
  }

  /** A page of this server that is no JSON. */
  String page(String path) {
    return exchange(http, HttpRequest.newBuilder(URI.create(origin + path)).build()).body();
  }

  private static HttpResponse<String> exchange(HttpClient http, HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /**
   * What the server said.
   *
   * @param request for messages
   */
  record Answer(String request, int status, String text) {
    boolean succeeded() {
      return status / 100 == 2;
    }

    Answer expect(int... statuses) {
      for (int each : statuses) {
        if (each == status) {
          return this;
        }
      }
      throw new AssertionError("%s: %d %s".formatted(request, status, text));
    }

    /** A fault whose words contain all these. */
    Answer refused(int expected, String... words) {
      expect(expected);
      for (String word : words) {
        if (!text.contains(word)) {
          throw new AssertionError("%s: no '%s' in %d %s".formatted(request, word, status, text));
        }
      }
      return this;
    }

    JsonNode body() {
      return text.isEmpty() ? NullNode.getInstance() : parse(text);
    }

    /** The entries of a list. */
    Iterable<JsonNode> entries() {
      for (JsonNode member : body()) {
        if (member.isArray()) {
          return member;
        }
      }
      return java.util.List.of();
    }
  }
}
