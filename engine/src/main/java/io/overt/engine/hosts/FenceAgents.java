package io.overt.engine.hosts;

import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.engine.resource.Updates;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Outcome;
import io.overt.model.Struct;
import io.overt.model.services.FenceAgentService;
import io.overt.model.services.FenceAgentsService;
import io.overt.model.types.Agent;
import io.overt.model.types.Host;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * {@code /hosts/{id}/fenceagents}: how the host's power is controlled. Passwords are never shown.
 */
final class FenceAgents implements FenceAgentsService {
  private final Platform platform;
  private final Resource<Agent> resource;
  private final Resource<Host> hosts;
  private final String hostId;
  private final Key owner;

  FenceAgents(Platform platform, String hostId) {
    this.platform = platform;
    this.resource = new Resource<>(platform, Kinds.AGENT);
    this.hosts = new Resource<>(platform, Kinds.HOST);
    this.hostId = hostId;
    this.owner = Kinds.HOST.key(hostId);
  }

  @Override
  public List<Agent> list(ListRequest request) {
    return resource.listOwned(request.call(), owner);
  }

  @Override
  public Outcome<Agent> add(AddRequest request) {
    Agent agent = platform.body(request.agent()).copy();
    Map<String, String> secrets = secrets(agent, Map.of());
    checked(agent, "add");
    Entity<Agent> added =
        platform.write(
            transaction -> {
              hosts.require(request.call(), transaction, hostId);
              long order = transaction.snapshot().owned(Kinds.AGENT, owner).size() + 1L;
              agent
                  .id(platform.newId())
                  .host(new Host().id(hostId))
                  .order(Objects.requireNonNullElse(agent.order(), order))
                  .concurrent(Boolean.TRUE.equals(agent.concurrent()))
                  .encryptOptions(Boolean.TRUE.equals(agent.encryptOptions()));
              return transaction.insert(Kinds.AGENT, agent, owner, secrets);
            });
    return Outcome.done(resource.present(request.call(), added));
  }

  /** The private attributes, with the password if one is given. */
  private static Map<String, String> secrets(Agent agent, Map<String, String> before) {
    Map<String, String> secrets = new HashMap<>(before);
    String password = agent.password();
    if (password != null) {
      secrets.put(HostPower.PASSWORD, password);
    }
    return secrets;
  }

  private static Agent checked(Agent agent, String operation) {
    List<String> missing = new ArrayList<>();
    for (String member : List.of("address", "type", "username")) {
      if (!(agent.get(member) instanceof String text) || text.isEmpty()) {
        missing.add(member);
      }
    }
    if (!missing.isEmpty()) {
      throw ApiFault.incomplete("Agent", String.join(", ", missing), operation);
    }
    return agent.password(null);
  }

  @Override
  public FenceAgentService agent(String id) {
    return new FenceAgentService() {
      @Override
      public Agent get(GetRequest request) {
        return resource.getOwned(request.call(), owner, id);
      }

      @Override
      public Outcome<Agent> update(UpdateRequest request) {
        Entity<Agent> updated =
            platform.write(
                transaction -> {
                  Entity<Agent> current =
                      resource.requireOwned(request.call(), transaction, owner, id);
                  Agent merged =
                      Updates.merge(
                          current.value(), platform.body(request.agent()), Set.of("host"));
                  Map<String, String> secrets = secrets(merged, current.internals());
                  return transaction.update(current, checked(merged, "update"), secrets);
                });
        return Outcome.done(resource.present(request.call(), updated));
      }

      @Override
      public Outcome<Struct> remove(RemoveRequest request) {
        platform.write(
            transaction -> {
              transaction.delete(resource.requireOwned(request.call(), transaction, owner, id));
              return id;
            });
        return Outcome.removed();
      }
    };
  }
}
