package io.overt.sdk;

import io.overt.sdk.document.Node;
import io.overt.sdk.schema.StructType;

/** Another object, by its id or its name. */
public final class Ref {
  private final String member;
  private final String value;

  private Ref(String member, String value) {
    this.member = member;
    this.value = value;
  }

  public static Ref id(String id) {
    return new Ref("id", id);
  }

  public static Ref name(String name) {
    return new Ref("name", name);
  }

  Node node(StructType type) {
    return Node.builder(type).set(member, value).build();
  }

  @Override
  public String toString() {
    return member + "=" + value;
  }
}
