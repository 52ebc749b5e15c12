package io.overt.inventory;

/**
 * Identity of an entity.
 *
 * @param kind name of its {@link Kind}
 * @param id the object's id; for kinds that are scoped by their owner, {@code ownerId/id}, because
 *     oVirt gives every VM the same CD-ROM id and an attachment the id of its disk
 */
public record Key(String kind, String id) {
  @Override
  public String toString() {
    return kind + "/" + id;
  }
}
