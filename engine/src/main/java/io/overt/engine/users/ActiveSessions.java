package io.overt.engine.users;

import io.overt.access.permissions.Permit;
import io.overt.access.session.Caller;
import io.overt.access.session.Login;
import io.overt.access.session.Sessions;
import io.overt.engine.resource.Platform;
import io.overt.events.About;
import io.overt.model.ApiFault;
import io.overt.rest.api.Extension;
import io.overt.rest.http.JsonObject;
import java.util.List;
import java.util.UUID;

/**
 * Who is logged in, for who manages users: {@code GET /overt/api/sessions}, and {@code DELETE
 * /overt/api/sessions/ID}, which logs somebody out. oVirt's API has no such collection, only a page
 * of its web administration.
 */
public final class ActiveSessions {
  private static final String LIKE = "GET users";

  private final Platform platform;
  private final Sessions sessions;

  public ActiveSessions(Platform platform, Sessions sessions) {
    this.platform = platform;
    this.sessions = sessions;
  }

  public List<Extension> extensions() {
    return List.of(
        new Extension("GET", "sessions", LIKE, this::list),
        new Extension("DELETE", "sessions/{session}", LIKE, this::end));
  }

  private JsonObject list(Extension.Request request) {
    String own = manager(request).sessionId();
    return new JsonObject()
        .put("session", sessions.logins().stream().map(login -> shown(login, own)).toList());
  }

  private static JsonObject shown(Login login, String own) {
    String id = login.session().id().toString();
    return new JsonObject()
        .put("id", id)
        .put("user", login.userName())
        .put("started", login.session().started().toString())
        .put("last_used", login.lastUsed().toString())
        .put("own", id.equals(own));
  }

  private Caller manager(Extension.Request request) {
    Caller caller = platform.caller(request.call());
    if (!platform
        .permissions()
        .allows(platform.snapshot(), caller, Permit.MANIPULATE_USERS, null)) {
      throw ApiFault.forbidden("Sessions are for who may manage users of the system");
    }
    return caller;
  }

  private JsonObject end(Extension.Request request) {
    Caller caller = manager(request);
    String id = request.name("session");
    Login login =
        sessions.logins().stream()
            .filter(one -> one.session().id().toString().equals(id))
            .findFirst()
            .orElseThrow(() -> ApiFault.missing("Session: id=" + id));
    platform.write(
        transaction -> {
          platform
              .events()
              .append(
                  transaction,
                  "USER_VDC_SESSION_TERMINATED",
                  About.nothing()
                      .by(caller.userId(), caller.principalName())
                      .correlated(caller.correlationId())
                      .with("TerminatedSessionUsername", login.userName())
                      .with("SessionID", id));
          return id;
        });
    sessions.end(UUID.fromString(id));
    return new JsonObject();
  }
}
