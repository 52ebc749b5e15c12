package io.overt.engine.door;

import io.overt.access.directory.DirectoryUser;
import io.overt.access.login.LoginRefused;
import io.overt.access.login.Logins;
import io.overt.access.login.Request;
import io.overt.access.session.Caller;
import io.overt.access.session.Scopes;
import io.overt.access.session.Session;
import io.overt.access.session.SsoFault;
import io.overt.access.session.Token;
import io.overt.rest.login.Authenticator;
import io.overt.rest.login.Identity;
import io.overt.rest.login.Keep;
import io.overt.rest.login.Kept;
import io.overt.rest.login.Login;
import io.overt.rest.login.Source;
import io.overt.rest.login.TokenInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The door's view of {@link Logins}. */
public final class LoginDesk implements Authenticator {
  private final Logins logins;
  private final LoginReports reports;

  public LoginDesk(Logins logins, LoginReports reports) {
    this.logins = logins;
    this.reports = reports;
  }

  @Override
  public Login basic(String user, String password, Source source, @Nullable Keep keep) {
    char[] secret = password.toCharArray();
    try {
      DirectoryUser entry = logins.authenticate(user, secret, source.address());
      Caller caller = logins.caller(entry, request(source));
      reports.seen(caller, source);
      return keep == null
          ? new Login.Accepted(identity(caller), null, null)
          : kept(caller, null, entry.id(), Scopes.grant(Scopes.API), keep);
    } catch (SsoFault e) {
      reports.refused(user, e.text(), source);
      return new Login.Refused(e.code(), e.text());
    } catch (LoginRefused e) {
      reports.refused(user, e.text(), source);
      return new Login.Refused(null, e.text());
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  @Override
  public Login bearer(String token, Source source, @Nullable Keep keep) {
    Optional<Session> found = logins.sessions().use(token);
    if (found.isEmpty()) {
      return new Login.Refused(
          "invalid_grant", "The provided authorization grant is invalid or has expired");
    }
    Session session = found.get();
    try {
      Caller caller = logins.caller(session, request(source));
      return keep == null
          ? new Login.Accepted(identity(caller), null, null)
          : kept(caller, token, session.directoryUser(), session.scopes(), keep);
    } catch (SsoFault e) {
      return new Login.Refused(e.code(), e.text());
    } catch (LoginRefused e) {
      return new Login.Refused(null, e.text());
    }
  }

  /** Opens a session that any node knows; it ends with the token behind it. */
  private Login kept(
      Caller caller, @Nullable String parent, UUID user, List<String> scopes, Keep keep) {
    Token cookie =
        logins.sessions().open(parent, user, scopes, keep.idle(), keep.protectedFromForgery());
    return new Login.Accepted(identity(caller), cookie.value(), cookie.session().expires());
  }

  @Override
  public Login shared(String token, Source source) {
    Login login = bearer(token, source, null);
    Optional<Session> found = logins.sessions().use(token);
    if (!(login instanceof Login.Accepted accepted) || found.isEmpty()) {
      return login;
    }
    Token cookie = logins.sessions().shared(token, found.get());
    return new Login.Accepted(accepted.identity(), cookie.value(), cookie.session().expires());
  }

  @Override
  public Optional<Kept> session(String id, Source source) {
    try {
      return logins
          .sessions()
          .use(id)
          .map(
              session ->
                  new Kept(
                      identity(logins.caller(session, request(source))),
                      session.csrf(),
                      session.shared()));
    } catch (SsoFault | LoginRefused e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean lasts(String secret) {
    return logins.sessions().lasts(secret);
  }

  @Override
  public Login issue(String user, String password, Set<String> scopes, Source source) {
    char[] secret = password.toCharArray();
    try {
      Token token = logins.token(user, secret, String.join(" ", scopes), source.address());
      Session session = token.session();
      if (session.hasScope(Scopes.API)) {
        report(user, session, source);
      }
      return new Login.Accepted(
          new Identity(user, false, session), token.value(), session.expires());
    } catch (SsoFault e) {
      reports.refused(user, e.text(), source);
      return new Login.Refused(e.code(), e.text());
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  /** Who may not log in gets a token as well, which is of no use. */
  private void report(String user, Session session, Source source) {
    try {
      reports.loggedIn(logins.caller(session, request(source)), source);
    } catch (SsoFault e) {
      reports.refused(user, e.text(), source);
    } catch (LoginRefused e) {
      reports.refused(user, e.text(), source);
    }
  }

  private static Identity identity(Caller caller) {
    return new Identity(caller.principalName(), caller.administrator(), caller);
  }

  private static Request request(Source source) {
    return new Request(source.correlationId(), source.filter());
  }

  @Override
  public void revoke(String secret, Source source) {
    Optional<Session> session = logins.sessions().use(secret);
    logins.sessions().end(secret);
    session.filter(found -> found.hasScope(Scopes.API)).ifPresent(found -> leave(found, source));
  }

  private void leave(Session session, Source source) {
    try {
      reports.loggedOut(logins.caller(session, request(source)), source);
    } catch (SsoFault | LoginRefused e) {
      // A session of a user who is gone, or may not log in, was none.
      return;
    }
  }

  @Override
  public Optional<TokenInfo> info(String token) {
    return logins
        .sessions()
        .use(token)
        .map(
            session ->
                new TokenInfo(
                    logins.caller(session, new Request("", null)).userName(),
                    String.join(" ", session.scopes()),
                    session.expires()));
  }

  /** No client is registered yet: whoever holds a token may ask about and revoke it. */
  @Override
  public boolean client(String id, String secret) {
    return false;
  }
}
