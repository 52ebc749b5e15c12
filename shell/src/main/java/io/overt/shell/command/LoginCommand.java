package io.overt.shell.command;

import io.overt.sdk.Request;
import io.overt.shell.connect.Asked;
import io.overt.shell.connect.Engine;
import io.overt.shell.connect.Logins;
import io.overt.shell.connect.Target;

/** {@code login}: gets a token and keeps it, so that later commands need no password. */
final class LoginCommand implements Command {
  @Override
  public void run(Context context, Arguments arguments) {
    Session session = context.session();
    Asked asked = ConnectCommand.asked(session, arguments);
    arguments.end();
    Target target = session.targets().find(asked, true);
    // Not closed, which would log out.
    Engine engine = Engine.of(target, true);
    String token = engine.call(connection -> connection.token());
    engine.send(Request.get(""));
    new Logins(session.homes()).put(session.targets().profileName(asked), target, token);
    session.disconnect();
    context.say("You are logged in to " + target.url() + " as " + target.user() + ".");
  }
}
