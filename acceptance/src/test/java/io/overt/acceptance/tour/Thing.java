package io.overt.acceptance.tour;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.overt.acceptance.Await;
import io.overt.acceptance.tour.Client.Answer;
import java.util.List;

/** Something that the API shows at an address of its own. */
record Thing(Client client, String path, String id) {
  static Thing of(Client client, JsonNode document) {
    String href = document.path("href").asText();
    String id = document.path("id").asText();
    if (href.isEmpty() || id.isEmpty()) {
      throw new AssertionError("without address or id: " + document);
    }
    return new Thing(client, href.substring(Client.BASE.length()), id);
  }

  JsonNode read() {
    return client.get(path).expect(200).body();
  }

  String field(String name) {
    return read().path(name).asText();
  }

  /** Its address as a reference in another body. */
  String reference() {
    return "{id: '" + id + "'}";
  }

  Thing create(String collection, String body, String... unshown) {
    return client.create(path + "/" + collection, body, unshown);
  }

  /** Below this, the one with that name. */
  Thing named(String collection, String name) {
    return client.named(path + "/" + collection, name);
  }

  /** The first one below this. */
  Thing first(String collection) {
    for (JsonNode each : client.get(path + "/" + collection).expect(200).entries()) {
      return of(client, each);
    }
    throw new AssertionError("nothing in " + path + "/" + collection);
  }

  int count(String collection) {
    int count = 0;
    for (JsonNode ignored : client.get(path + "/" + collection).expect(200).entries()) {
      count++;
    }
    return count;
  }

  /** Changes it and checks that the change can be read. */
  Thing update(String body, String... unshown) {
    client.put(path, body).expect(200);
    reads(body, unshown);
    return this;
  }

  /** An action that succeeds, now or when its work is done. */
  Answer act(String action, String body) {
    return client.post(path + "/" + action, body).expect(200, 202);
  }

  Answer act(String action) {
    return act(action, "{}");
  }

  /** Removes it, and what comes after the question mark says how; it is gone then. */
  void remove(String parameters) {
    client.delete(path + parameters).expect(200, 202);
    Answer gone =
        Await.until(path + " is gone", () -> client.get(path), answer -> answer.status() != 200);
    // as recorded, an affinity group that does not exist is a bad request
    gone.expect(path.contains("/affinitygroups/") ? 400 : 404);
    for (JsonNode other : client.get(collection()).expect(200).entries()) {
      if (other.path("id").asText().equals(id)) {
        throw new AssertionError(path + " was removed and is still listed");
      }
    }
  }

  void remove() {
    remove("");
  }

  private String collection() {
    return path.substring(0, path.lastIndexOf('/'));
  }

  Thing awaits(String field, String value) {
    Await.until(
        path + " has " + field + " " + value,
        () -> client.get(path).body().path(field).asText(),
        value::equals);
    return this;
  }

  /** Checks that what was written is what is read. */
  void reads(String written, String... unshown) {
    JsonNode expected = Client.parse(written);
    if (expected instanceof ObjectNode object) {
      object.remove(List.of(unshown));
    }
    compare(expected, read(), path);
  }

  private void compare(JsonNode written, JsonNode read, String where) {
    if (written.isObject()) {
      written
          .properties()
          .forEach(
              member ->
                  compare(
                      member.getValue(),
                      member(read, member.getKey()),
                      where + "." + member.getKey()));
    } else if (written.isArray()) {
      for (JsonNode each : written) {
        boolean found = false;
        for (JsonNode candidate : read) {
          found |= matches(each, candidate);
        }
        if (!found) {
          throw new AssertionError(where + ": wrote " + each + ", read " + read);
        }
      }
    } else if (!written.asText().equalsIgnoreCase(read.asText())) {
      throw new AssertionError(where + ": wrote " + written + ", read " + read);
    }
  }

  private boolean matches(JsonNode written, JsonNode read) {
    try {
      compare(written, read, "");
      return true;
    } catch (AssertionError e) {
      return false;
    }
  }

  /** A member; a reference shows the address alone, so that its name has to be looked up. */
  private JsonNode member(JsonNode read, String name) {
    if (!read.has(name) && read.has("href") && !read.path("href").asText().endsWith(path)) {
      return client.get(read.path("href").asText()).expect(200).body().path(name);
    }
    return read.path(name);
  }
}
