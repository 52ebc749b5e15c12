package io.overt.engine.bookmarks;

import io.overt.engine.resource.Names;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.BookmarkService;
import io.overt.model.services.BookmarksService;
import io.overt.model.types.Bookmark;
import java.util.List;
import java.util.Set;

/** {@code /bookmarks}. */
public final class Bookmarks implements BookmarksService {
  private static final int NAME_LIMIT = 40;
  private static final int VALUE_LIMIT = 300;
  private final Platform platform;
  private final Resource<Bookmark> resource;

  public Bookmarks(Platform platform) {
    this.platform = platform;
    this.resource = new Resource<>(platform, Kinds.BOOKMARK);
  }

  @Override
  public List<Bookmark> list(ListRequest request) {
    return resource.list(request.call());
  }

  @Override
  public Outcome<Bookmark> add(AddRequest request) {
    Bookmark bookmark = checked(platform.body(request.bookmark()).copy(), "add");
    Entity<Bookmark> added =
        platform.write(
            transaction -> {
              Entity<Bookmark> entity =
                  transaction.insert(Kinds.BOOKMARK, bookmark.id(platform.newId()));
              platform.report(transaction, "USER_ADD_BOOKMARK", request.call(), entity.value());
              return entity;
            });
    return Outcome.done(resource.present(request.call(), added));
  }

  @Override
  public BookmarkService bookmark(String id) {
    return new BookmarkService() {
      @Override
      public Bookmark get(GetRequest request) {
        return resource.get(request.call(), id);
      }

      @Override
      public Outcome<Bookmark> update(UpdateRequest request) {
        Entity<Bookmark> updated =
            platform.write(
                transaction -> {
                  Entity<Bookmark> current = resource.require(request.call(), transaction, id);
                  Bookmark merged =
                      Updates.merge(current.value(), platform.body(request.bookmark()), Set.of());
                  Entity<Bookmark> entity = transaction.update(current, checked(merged, "update"));
                  platform.report(
                      transaction, "USER_UPDATE_BOOKMARK", request.call(), entity.value());
                  return entity;
                });
        return Outcome.done(resource.present(request.call(), updated));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        platform.write(
            transaction -> {
              Entity<Bookmark> current = resource.require(request.call(), transaction, id);
              transaction.delete(current);
              platform.report(transaction, "USER_REMOVE_BOOKMARK", request.call(), current.value());
              return id;
            });
        return Outcome.removed();
      }
    };
  }

  private static Bookmark checked(Bookmark bookmark, String operation) {
    Names.length(
        Names.required(bookmark.name(), "Bookmark", operation), "bookmark.name", NAME_LIMIT);
    String value = bookmark.value();
    if (value == null || value.isEmpty()) {
      throw ApiFault.incomplete("Bookmark", "value", operation);
    }
    Names.length(value, "bookmark.value", VALUE_LIMIT);
    return bookmark;
  }
}
