package io.overt.engine.users;

import io.overt.access.directory.Directory;
import io.overt.engine.resource.Resource;
import io.overt.inventory.search.DirectorySearch;
import io.overt.inventory.search.InvalidSearch;
import io.overt.inventory.search.SearchQuery;
import io.overt.model.ApiFault;
import io.overt.model.Call;
import io.overt.model.services.DomainGroupService;
import io.overt.model.services.DomainGroupsService;
import io.overt.model.services.DomainService;
import io.overt.model.services.DomainUserService;
import io.overt.model.services.DomainUsersService;
import io.overt.model.services.DomainsService;
import io.overt.model.types.Domain;
import io.overt.model.types.Group;
import io.overt.model.types.User;
import java.util.List;

/** {@code /domains}: the built-in directory, its users and groups, whether known or not. */
public final class Domains implements DomainsService {
  private final Directory directory;

  public Domains(Directory directory) {
    this.directory = directory;
  }

  @Override
  public List<Domain> list(ListRequest request) {
    return Resource.limit(request.call()) == 0 ? List.of() : List.of(DirectoryView.domain());
  }

  @Override
  public DomainService domain(String id) {
    return new DomainService() {
      @Override
      public Domain get(GetRequest request) {
        require(id);
        return DirectoryView.domain();
      }

      @Override
      public DomainUsersService users() {
        return new DirectoryUsers(id);
      }

      @Override
      public DomainGroupsService groups() {
        return new DirectoryGroups(id);
      }
    };
  }

  private static void require(String id) {
    if (!id.equalsIgnoreCase(Directory.DOMAIN_ID)) {
      throw ApiFault.notFound();
    }
  }

  /** A search of everything when the call has none. */
  private static SearchQuery query(Call call) throws InvalidSearch {
    String search = call.input("search", String.class);
    return SearchQuery.parse(search == null ? "" : search);
  }

  private final class DirectoryUsers implements DomainUsersService {
    private final String domainId;

    DirectoryUsers(String domainId) {
      this.domainId = domainId;
    }

    @Override
    public List<User> list(ListRequest request) {
      require(domainId);
      List<User> all = directory.users().stream().map(DirectoryView::user).toList();
      try {
        return DirectorySearch.users(all, query(request.call()), Resource.limit(request.call()));
      } catch (InvalidSearch e) {
        return Resource.unreadable(request.call(), e);
      }
    }

    @Override
    public DomainUserService user(String id) {
      return new DomainUserService() {
        @Override
        public User get(GetRequest request) {
          require(domainId);
          return directory
              .userByEntryId(id)
              .map(DirectoryView::user)
              .orElseThrow(ApiFault::notFound);
        }
      };
    }
  }

  private final class DirectoryGroups implements DomainGroupsService {
    private final String domainId;

    DirectoryGroups(String domainId) {
      this.domainId = domainId;
    }

    @Override
    public List<Group> list(ListRequest request) {
      require(domainId);
      List<Group> all = directory.groups().stream().map(DirectoryView::group).toList();
      try {
        return DirectorySearch.groups(all, query(request.call()), Resource.limit(request.call()));
      } catch (InvalidSearch e) {
        return Resource.unreadable(request.call(), e);
      }
    }

    @Override
    public DomainGroupService group(String id) {
      return new DomainGroupService() {
        @Override
        public Group get(GetRequest request) {
          require(domainId);
          return directory
              .groupByEntryId(id)
              .map(DirectoryView::group)
              .orElseThrow(ApiFault::notFound);
        }
      };
    }
  }
}
