package io.overt.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.overt.rest.api.Completion;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChangeTest {
  private static Running running;

  @BeforeAll
  static void start() {
    running = new Running();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void addAnswersCreatedWithAbsoluteLocation() {
    HttpResponse<String> response =
        running.xml("POST", "/vms", "<vm><name>a</name></vm>", "Accept", "application/json");
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(Running.header(response, "Location"))
        .isEqualTo(running.http("/ovirt-engine/api/vms/new-a"));
    assertThat(response.body()).contains("\"id\" : \"new-a\"");
  }

  @Test
  void addWithWorkLeftIsAcceptedUnlessTheClientWaits() {
    HttpResponse<String> accepted =
        running.xml("POST", "/vms?clone=true", "<vm><name>b</name></vm>");
    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(accepted.body())
        .contains("<creation_status>in_progress</creation_status>")
        .contains("rel=\"creation_status\"");
    HttpResponse<String> waited =
        running.xml(
            "POST", "/vms;clone=yes", "<vm><name>c</name></vm>", "X-Ovirt-Expect", "201-created");
    assertThat(waited.statusCode()).isEqualTo(201);
    assertThat(waited.body()).doesNotContain("creation_status");
  }

  @Test
  void expectationOfTheSdkReachesTheApi() throws Exception {
    String body = "<vm><name>d</name></vm>";
    String answer =
        running.raw(
            "POST /ovirt-engine/api/vms?clone HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Expect: 201-created\r\nContent-Type: application/xml\r\nAuthorization: "
                + Running.BASIC
                + "\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body);
    assertThat(answer).startsWith("HTTP/1.1 201 ");
  }

  @Test
  void updateMergesAndAnswersOk() {
    running.system.addVm("u", "before");
    HttpResponse<String> response = running.xml("PUT", "/vms/u", "<vm><comment>new</comment></vm>");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("<name>before</name>").contains("<comment>new</comment>");
  }

  @Test
  void addressesThatClientsSendAreIgnored() {
    running.system.addVm("h", "h");
    HttpResponse<String> response =
        running.xml(
            "PUT",
            "/vms/h",
            "<vm href=\"/evil\" id=\"h\"><cluster href=\"/evil\" id=\"c2\"/></vm>");
    assertThat(response.body())
        .contains("<vm href=\"/ovirt-engine/api/vms/h\" id=\"h\">")
        .contains("<cluster href=\"/ovirt-engine/api/clusters/c2\" id=\"c2\"/>")
        .doesNotContain("evil");
  }

  @Test
  void removeAnswersAnActionAndAsynchronouslyNothing() {
    running.system.addVm("r1", "r1");
    running.system.addVm("r2", "r2");
    HttpResponse<String> removed = running.api("DELETE", "/vms/r1", null);
    assertThat(removed.statusCode()).isEqualTo(200);
    assertThat(removed.body())
        .isEqualTo(
            """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <action>
                <job href="/ovirt-engine/api/jobs/job-9" id="job-9"/>
                <status>complete</status>
            </action>
            """);
    HttpResponse<String> accepted = running.api("DELETE", "/vms/r2?async=true", null);
    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(accepted.body()).isEmpty();
    assertThat(Running.header(accepted, "Location")).endsWith("/ovirt-engine/api/jobs/job-9");
    assertThat(running.api("DELETE", "/vms/r2?async=true", null).statusCode()).isEqualTo(404);
  }

  @Test
  void finishedActionAnswersWithSkeletonOfTheEntity() {
    HttpResponse<String> response =
        running.xml("POST", "/vms/1/stop", "<action><async>false</async></action>");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .startsWith(
            """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <action>
                <async>false</async>
                <job href="/ovirt-engine/api/jobs/job-3" id="job-3"/>
                <status>complete</status>
                <vm href="/ovirt-engine/api/vms/1" id="1">
                    <actions>
            """)
        .contains("<link href=\"/ovirt-engine/api/vms/1/nics\" rel=\"nics\"/>")
        .doesNotContain("<name>");
  }

  @Test
  void actionWithWorkLeftIsAcceptedUnlessTheClientWaits() {
    HttpResponse<String> accepted = running.xml("POST", "/vms/1/start", "<action/>");
    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(accepted.body())
        .contains("<action href=\"/ovirt-engine/api/vms/1/start/job-2\" id=\"job-2\">")
        .contains("<link href=\"/ovirt-engine/api/vms/1\" rel=\"parent\"/>")
        .contains("<link href=\"/ovirt-engine/api/vms/1/start\" rel=\"replay\"/>")
        .contains("<async>true</async>");
    HttpResponse<String> waited =
        running.xml("POST", "/vms/1/start", "<action><async>false</async></action>");
    assertThat(waited.statusCode()).isEqualTo(200);
    assertThat(waited.body()).contains("<status>complete</status>");
    HttpResponse<String> bare = running.api("POST", "/vms/1/start", null);
    assertThat(bare.statusCode()).isEqualTo(202);
  }

  @Test
  void failureThatWasWaitedForIsAConflict() {
    running.endings.put(
        "job-2", new Completion.Ending(Completion.State.FAILED, "No host can run it."));
    try {
      HttpResponse<String> response =
          running.xml("POST", "/vms/1/start", "<action><async>false</async></action>");
      assertThat(response.statusCode()).isEqualTo(409);
      assertThat(response.body()).contains("[No host can run it.]").contains("failed");
    } finally {
      running.endings.clear();
    }
  }

  @Test
  void refusedActionCarriesItsFaultBesideWhatTheCallerSentSaveForSecrets() {
    HttpResponse<String> response =
        running.xml(
            "POST",
            "/vms/1/start",
            """
            <action>
              <grace_period><expiry>10</expiry></grace_period>
              <pause>true</pause>
              <vm>
                <initialization>
                  <root_password>hush</root_password><user_name>me</user_name>
                </initialization>
                <name>other</name>
              </vm>
            </action>
            """);
    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(response.body())
        .isEqualTo(
            """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <action>
                <fault>
                    <detail>[Cannot run VM.]</detail>
                    <reason>Operation Failed</reason>
                </fault>
                <grace_period>
                    <expiry>10</expiry>
                </grace_period>
                <pause>true</pause>
                <status>failed</status>
                <vm>
                    <name>other</name>
                    <initialization>
                        <user_name>me</user_name>
                    </initialization>
                </vm>
            </action>
            """);
  }

  @Test
  void addressOfAnActionThatWasLeadsToItsEntity() {
    HttpResponse<String> response = running.get("/vms/1/start/job-2");
    assertThat(response.statusCode()).isEqualTo(301);
    assertThat(Running.header(response, "Location")).endsWith("/ovirt-engine/api/vms/1");
  }
}
