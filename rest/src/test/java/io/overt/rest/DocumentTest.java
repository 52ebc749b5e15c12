package io.overt.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DocumentTest {
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
  void entityHasAddressActionsAndLinksInTheRecordedOrder() {
    String body = running.get("/vms/1").body();
    assertThat(body)
        .startsWith(
            """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <vm href="/ovirt-engine/api/vms/1" id="1">
                <actions>
                    <link href="/ovirt-engine/api/vms/1/cancelmigration" rel="cancelmigration"/>
                    <link href="/ovirt-engine/api/vms/1/commitsnapshot" rel="commitsnapshot"/>
                    <link href="/ovirt-engine/api/vms/1/clone" rel="clone"/>
            """)
        .contains(
            """
                <name>first</name>
                <description></description>
                <link href="/ovirt-engine/api/vms/1/nics" rel="nics"/>
                <link href="/ovirt-engine/api/vms/1/numanodes" rel="numanodes"/>
                <link href="/ovirt-engine/api/vms/1/watchdogs" rel="watchdogs"/>
            """)
        .contains("<cluster href=\"/ovirt-engine/api/clusters/c1\" id=\"c1\"/>")
        .contains("<template href=\"/ovirt-engine/api/templates/t1\" id=\"t1\"/>")
        .contains("<quota id=\"q1\"/>");
    assertThat(body.split("<link ", -1)).hasSize(1 + 22 + 19);
  }

  @Test
  void versionOfThePathStaysInAddresses() {
    assertThat(running.get("/v4/vms/1").body())
        .contains("href=\"/ovirt-engine/api/v4/vms/1/nics\"")
        .contains("href=\"/ovirt-engine/api/v4/clusters/c1\"")
        .doesNotContain("/api/vms");
  }

  @Test
  void detailsMayBeAskedForByParameterOrMediaType() {
    assertThat(running.get("/vms/1").body()).doesNotContain("<nics>");
    assertThat(running.get("/vms/1;detail=nics").body()).contains("<nics>");
    assertThat(running.get("/vms/1", "Accept", "application/xml; detail=nics").body())
        .contains("<nics>");
  }

  @Test
  void entryOfAListIsTheDocumentOfTheEntity() {
    String list = running.get("/vms").body();
    String entity = running.get("/vms/1").body();
    String indented = entity.substring(entity.indexOf("<vm ")).strip().replace("\n", "\n    ");
    assertThat(list).startsWith("<?xml version").contains("<vms>\n    " + indented);
  }

  @Test
  void referenceBelowItsOwnerGetsTheOwnersPath() {
    assertThat(running.get("/clusters/c1").body())
        .contains(
            "<management_network href=\"/ovirt-engine/api/clusters/c1/networks/n1\" id=\"n1\"/>");
    assertThat(running.get("/vms/1/nics").body())
        .contains("<nic href=\"/ovirt-engine/api/vms/1/nics/n-1\" id=\"n-1\">")
        .contains("<vm href=\"/ovirt-engine/api/vms/1\" id=\"1\"/>")
        .contains("rel=\"activate\"");
  }

  @Test
  void rootListsCollectionsAndSearchesInTheRecordedOrder() {
    HttpResponse<String> response = running.get("");
    assertThat(response.body())
        .startsWith(
            """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <api>
                <link href="/ovirt-engine/api/clusters" rel="clusters"/>
                <link href="/ovirt-engine/api/clusters?search={query}" rel="clusters/search"/>
                <link href="/ovirt-engine/api/datacenters" rel="datacenters"/>
            """)
        .contains(
            "<link href=\"/ovirt-engine/api/events;from={event_id}?search={query}\""
                + " rel=\"events/search\"/>")
        .contains("<name>Overt</name>")
        .doesNotContain("rel=\"options\"")
        .doesNotContain("<actions>");
    assertThat(response.body().split("<link ", -1)).hasSize(1 + 52);
    String origin = "http://localhost:" + running.server.httpPort();
    assertThat(Running.header(response, "Link"))
        .startsWith("<" + origin + "/ovirt-engine/api/affinitylabels>; rel=affinitylabels,<")
        .contains(
            "/ovirt-engine/api/events;from={event_id}?search={query}>; rel=events/search,<"
                + origin
                + "/ovirt-engine/api/events>; rel=events,");
    assertThat(running.get("/").body()).isEqualTo(response.body());
    assertThat(Running.header(running.get("/vms"), "Link")).isNull();
  }

  @Test
  void jsonHasTheSameContent() {
    HttpResponse<String> response = running.get("/vms/1", "Accept", "application/json");
    assertThat(Running.header(response, "Content-Type")).isEqualTo("application/json");
    assertThat(response.body())
        .contains("\"memory\" : \"1073741824\"")
        .contains("\"href\" : \"/ovirt-engine/api/vms/1\"")
        .contains("\"rel\" : \"start\"");
  }

  @Test
  void followPutsListsAndReferencesInline() {
    String body = running.get("/vms/1?follow=nics.vm,CLUSTER").body();
    assertThat(body)
        .contains("<cluster href=\"/ovirt-engine/api/clusters/c1\" id=\"c1\">\n        <actions>")
        .contains("<name>Default</name>")
        .contains("<nics>\n        <nic href=\"/ovirt-engine/api/vms/1/nics/n-1\" id=\"n-1\">")
        .contains("rel=\"deactivate\"")
        .contains("<link href=\"/ovirt-engine/api/vms/1/nics\" rel=\"nics\"/>");
    assertThat(body.split("<name>first</name>", -1)).hasSize(3);
    assertThat(running.get("/vms/1").body()).doesNotContain("<nics>");
  }

  @Test
  void followAsksForEachAddressOnce() {
    for (int index = 0; index < 50; index++) {
      running.system.addVm("many-" + index, "many-" + index);
    }
    int before = running.system.clusterReads.get();
    String body = running.get("/vms?follow=cluster,nics&max=40").body();
    assertThat(running.system.clusterReads.get() - before).isEqualTo(1);
    assertThat(body.split("<name>Default</name>", -1)).hasSize(41);
    assertThat(body.split("<nics>", -1)).hasSize(41);
    running.system.vms.keySet().removeIf(id -> id.startsWith("many-"));
  }

  @Test
  void followIgnoresWhatIsAbsentAndRefusesWhatCannotBe() {
    assertThat(running.get("/vms/1?follow=host,,.").statusCode()).isEqualTo(200);
    for (String name : new String[] {"nosuch", "cluster.nosuch", "id", "actions", "link"}) {
      HttpResponse<String> response = running.get("/vms/1?follow=" + name);
      assertThat(response.statusCode()).as(name).isEqualTo(400);
      assertThat(response.body()).contains("<fault>").contains("cannot follow");
    }
  }

  @Test
  void maxLimitsAnyList() {
    assertThat(running.get("/vms?max=0").body()).endsWith("<vms/>\n");
    assertThat(running.get("/vms;max=0").body()).endsWith("<vms/>\n");
    assertThat(running.get("/vms?max=nonsense").body()).contains("<vm ");
  }
}
