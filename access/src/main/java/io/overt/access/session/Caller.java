package io.overt.access.session;

import java.util.Set;

/**
 * Who makes a request.
 *
 * @param userId id of the engine's user entity
 * @param principalName name of the user: {@code admin@internal-authz}
 * @param userName as typed at login: {@code admin@internal}
 * @param principalIds ids of the user, its groups and Everyone: whom a permission may name
 * @param administrator whether any of them holds a role of administrators on any object
 * @param sessionId of the login
 * @param correlationId joins the request, its job and its events
 * @param filter whether the answer is reduced to what the user may see, regardless of roles of
 *     administrators
 */
public record Caller(
    String userId,
    String principalName,
    String userName,
    Set<String> principalIds,
    boolean administrator,
    String sessionId,
    String correlationId,
    boolean filter) {

  public Caller {
    principalIds = Set.copyOf(principalIds);
  }

  public Caller withFilter(boolean value) {
    return new Caller(
        userId,
        principalName,
        userName,
        principalIds,
        administrator,
        sessionId,
        correlationId,
        value);
  }

  public Caller withCorrelationId(String value) {
    return new Caller(
        userId, principalName, userName, principalIds, administrator, sessionId, value, filter);
  }
}
