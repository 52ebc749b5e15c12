package io.overt.events.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.overt.inventory.Entity;
import io.overt.inventory.Key;
import io.overt.inventory.Kinds;
import io.overt.model.types.EventSubscription;
import io.overt.model.types.NotifiableEvent;
import io.overt.model.types.NotificationMethod;
import io.overt.model.types.User;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailTest {
  private static final String USER = "5c1d9f1e-0000-4000-8000-0000000000aa";

  private GreenMail server;

  @BeforeEach
  void listen() {
    server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private NotifierFixture open(String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "MAIL_SERVER=127.0.0.1",
                "MAIL_PORT=" + server.getSmtp().getPort(),
                "MAIL_FROM=overt@example.com",
                "FILTER=\"include:USER_ADD_VM(smtp:ops@example.com) ${FILTER}\""));
    settings.addAll(List.of(more));
    return new NotifierFixture(settings.toArray(String[]::new));
  }

  private MimeMessage[] await(int count) {
    NotifierFixture.await("mails come", () -> server.getReceivedMessages().length >= count);
    return server.getReceivedMessages();
  }

  @Test
  void anEventIsAMailInTheFormOfOVirt() throws Exception {
    try (NotifierFixture fixture = open("MAIL_REPLY_TO=desk@example.com")) {
      fixture.report("USER_ADD_VM", "wéb");
      MimeMessage mail = await(1)[0];
      assertThat(mail.getSubject())
          .matches("alertMessage \\(\\S+\\), \\[VM wéb: new, added by admin@internal-authz\\.]");
      assertThat(mail.getFrom()[0]).hasToString("overt@example.com");
      assertThat(mail.getReplyTo()[0]).hasToString("desk@example.com");
      assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
      assertThat(mail.getContent().toString().lines().map(String::strip))
          .satisfiesExactly(
              line -> assertThat(line).startsWith("Time:2"),
              line ->
                  assertThat(line).isEqualTo("Message:VM wéb: new, added by admin@internal-authz."),
              line -> assertThat(line).isEqualTo("Severity:NORMAL"),
              line -> assertThat(line).isEqualTo("User Name: admin@internal-authz"),
              line -> assertThat(line).isEqualTo("VM Name: wéb"));
    }
  }

  @Test
  void whatStandsInAMessageIsNoHtml() throws Exception {
    try (NotifierFixture fixture = open("HTML_MESSAGE_FORMAT=true", "MAIL_LOCALE=de-AT")) {
      fixture.report("USER_ADD_VM", "<script>'\"&");
      MimeMessage mail = await(1)[0];
      assertThat(mail.getContentType()).startsWith("text/html");
      assertThat(mail.getContent().toString())
          .contains("<b>Meldung:</b> VM &lt;script&gt;&#39;&quot;&amp;: new", "<b>Schweregrad:</b>")
          .doesNotContain("<script");
    }
  }

  @Test
  void eventsOfAListedTypeThatAreCloseAreMerged() throws Exception {
    try (NotifierFixture fixture =
        open("MAIL_MERGE_LOG_TYPES=USER_ADD_VM", "MAIL_MERGE_MAX_TIME_DIFFERENCE=800")) {
      fixture.report("USER_ADD_VM", "web01");
      fixture.report("USER_ADD_VM", "web02");
      fixture.report("USER_ADD_VM", "web03");
      MimeMessage mail = await(1)[0];
      assertThat(mail.getSubject()).contains("[VM web01, 2, 3: new, added by");
      assertThat(mail.getContent().toString().split("={26}", -1)).hasSize(3);
      NotifierFixture.await(
          "all are settled", () -> fixture.notifier().deliveries("sent", 10).size() == 3);
      assertThat(server.getReceivedMessages()).hasSize(1);
    }
  }

  @Test
  void aSubscriptionAlsoTellsOfTheEndAndNoFilterHoldsItBack() throws Exception {
    try (NotifierFixture fixture = open("FILTER=exclude:*")) {
      Key owner = new Key(Kinds.USER.name(), USER);
      fixture
          .inventory()
          .change(
              transaction -> {
                transaction.insert(
                    Kinds.USER, new User().id(USER).userName("u").domainEntryId(USER));
                transaction.insert(
                    Kinds.EVENT_SUBSCRIPTION,
                    new EventSubscription()
                        .id(NotifiableEvent.HOST_FAILURE.wire())
                        .event(NotifiableEvent.HOST_FAILURE)
                        .notificationMethod(NotificationMethod.SMTP)
                        .address("sub@example.com"),
                    owner);
              });
      fixture.report("VDS_FAILURE", "x");
      fixture.report("USER_ADD_VM", "nobody hears of it");
      fixture.report("VDS_DETECTED", "x");
      MimeMessage[] mails = await(2);
      assertThat(mails[0].getSubject()).startsWith("alertMessage (").contains(": failed.");
      assertThat(mails[1].getSubject()).startsWith("resolveMessage (");
      fixture
          .inventory()
          .change(
              transaction -> {
                Entity<User> user = transaction.find(Kinds.USER, USER).orElseThrow();
                transaction.delete(user);
              });
      fixture.report("VDS_FAILURE", "x");
      assertThat(fixture.notifier().deliveries("", 10)).hasSize(2);
    }
  }

  @Test
  void everyEventThatOVirtOffersForSubscriptionIsAType() {
    assertThat(NotifiableEvent.values())
        .allSatisfy(
            event ->
                assertThat(io.overt.events.EventTypes.current().find(Router.typeName(event)))
                    .as(event.wire())
                    .isPresent());
  }

  @Test
  void aServerWhoseCertificateNobodyVouchesForGetsNoMail() {
    GreenMail secure = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
    secure.start();
    try (NotifierFixture fixture =
        open("MAIL_PORT=" + secure.getSmtps().getPort(), "MAIL_SMTP_ENCRYPTION=ssl")) {
      fixture.report("USER_ADD_VM", "secret");
      NotifierFixture.await(
          "it fails", () -> !fixture.notifier().deliveries("failed", 10).isEmpty());
      assertThat(fixture.notifier().deliveries("failed", 10).getFirst().lastError())
          .containsAnyOf("PKIX", "certificate", "SSL");
      assertThat(secure.getReceivedMessages()).isEmpty();
    } finally {
      secure.stop();
    }
  }

  @Test
  void encryptionThatIsAskedForIsNotGoneWithout() {
    try (NotifierFixture fixture = open("MAIL_SMTP_ENCRYPTION=tls")) {
      fixture.report("USER_ADD_VM", "secret");
      NotifierFixture.await(
          "it fails", () -> !fixture.notifier().deliveries("failed", 10).isEmpty());
      assertThat(fixture.notifier().deliveries("failed", 10).getFirst().lastError())
          .contains("STARTTLS");
      assertThat(Arrays.stream(server.getReceivedMessages()).map(GreenMailUtil::getBody)).isEmpty();
    }
  }

  @Test
  void whoLogsInDoesSoWithThePassword() {
    server.setUser("ops@example.com", "overt", "pa55word");
    try (NotifierFixture fixture = open("MAIL_USER=overt", "MAIL_PASSWORD=pa55word")) {
      fixture.report("USER_ADD_VM", "one");
      assertThat(await(1)).hasSize(1);
    }
  }
}
