package io.overt.engine.door;

import io.overt.access.directory.DirectoryUser;
import io.overt.access.login.LoginRefused;
import io.overt.access.login.Logins;
import io.overt.access.login.Request;
import io.overt.access.session.Caller;
import io.overt.access.session.Session;
import io.overt.access.session.SsoFault;
import io.overt.access.session.Token;
import io.overt.rest.login.Authenticator;
import io.overt.rest.login.Identity;
import io.overt.rest.login.Login;
import io.overt.rest.login.Source;
import io.overt.rest.login.TokenInfo;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The door's view of {@link Logins}. */
public final class LoginDesk implements Authenticator {
  /** What a request says beyond its credentials is added call by call. */
  private static final Request PLAIN = new Request("", null);

  private final Logins logins;

  public LoginDesk(Logins logins) {
    this.logins = logins;
  }

  @Override
  public Login basic(String user, String password, Source source) {
    char[] secret = password.toCharArray();
    try {
      DirectoryUser entry = logins.authenticate(user, secret, source.address());
      return accepted(logins.caller(entry, PLAIN));
    } catch (SsoFault e) {
      return new Login.Refused(e.code(), e.text());
    } catch (LoginRefused e) {
      return new Login.Refused(null, e.text());
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  @Override
  public Login bearer(String token, Source source) {
    Optional<Session> session = logins.sessions().use(token);
    if (session.isEmpty()) {
      return new Login.Refused(
          "invalid_grant", "The provided authorization grant is invalid or has expired");
    }
    try {
      return accepted(logins.caller(session.get(), PLAIN));
    } catch (SsoFault e) {
      return new Login.Refused(e.code(), e.text());
    } catch (LoginRefused e) {
      return new Login.Refused(null, e.text());
    }
  }

  @Override
  public Login issue(String user, String password, Set<String> scopes, Source source) {
    char[] secret = password.toCharArray();
    try {
      Token token = logins.token(user, secret, String.join(" ", scopes), source.address());
      Session session = token.session();
      return new Login.Accepted(
          new Identity(user, false, session), token.value(), session.expires());
    } catch (SsoFault e) {
      return new Login.Refused(e.code(), e.text());
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  private static Login accepted(Caller caller) {
    return new Login.Accepted(
        new Identity(caller.principalName(), caller.administrator(), caller), null, null);
  }

  @Override
  public void revoke(String token) {
    logins.sessions().end(token);
  }

  @Override
  public Optional<TokenInfo> info(String token) {
    return logins
        .sessions()
        .use(token)
        .map(
            session ->
                new TokenInfo(
                    logins.caller(session, PLAIN).userName(),
                    String.join(" ", session.scopes()),
                    session.expires()));
  }

  /** No client is registered yet: whoever holds a token may ask about and revoke it. */
  @Override
  public boolean client(String id, String secret) {
    return false;
  }
}
