package io.overt.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lists as tables, below {@code /overt/api/rows}. */
final class RowsTest {
  private static Running server;

  @BeforeAll
  static void start() {
    server = new Running();
  }

  RowsTest() {
    server.system.addVm("2", "vm10");
    server.system.addVm("3", "vm2");
    server.system.addVm("4", "VM3");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> rows(String path, String... headers) {
    return server.send(
        "GET",
        server.http("/overt/api/rows/" + path),
        null,
        "Authorization",
        headers.length == 0 ? Running.BASIC : headers[0]);
  }

  @Test
  void rowsHaveTheFieldsAskedForInNaturalOrder() {
    assertThat(rows("vms?fields=name,memory,status&sort=name&from=1&max=2").body())
        .isEqualTo(
            "{\"total\":4,\"rows\":["
                + "{\"id\":\"3\",\"name\":\"vm2\",\"memory\":\"1073741824\",\"status\":\"down\"},"
                + "{\"id\":\"4\",\"name\":\"VM3\",\"memory\":\"1073741824\",\"status\":\"down\"}"
                + "]}");
    assertThat(rows("vms?sort=name+desc&max=1").body())
        .isEqualTo("{\"total\":4,\"rows\":[{\"id\":\"2\",\"name\":\"vm10\"}]}");
  }

  @Test
  void linksAreFollowedOnceForAllRows() {
    int before = server.system.clusterReads.get();
    assertThat(rows("vms?fields=cluster.name,cluster,nics.name&max=2").body())
        .contains(
            "{\"id\":\"1\",\"cluster.name\":\"Default\",\"cluster\":{\"id\":\"c1\"},"
                + "\"nics.name\":[\"nic1\"]}");
    assertThat(server.system.clusterReads.get() - before).isEqualTo(1);
  }

  @Test
  void collectionsBelowObjectsHaveRows() {
    assertThat(rows("vms/1/nics?fields=name,vm.name").body())
        .isEqualTo(
            "{\"total\":1,\"rows\":[{\"id\":\"n-1\",\"name\":\"nic1\",\"vm.name\":\"first\"}]}");
  }

  @Test
  void collectionsBelowAllOfAnotherAreOneList() {
    assertThat(rows("vms/*/nics?fields=name,vm.name&sort=vm.name+desc&max=1").body())
        .isEqualTo(
            "{\"total\":4,\"rows\":["
                + "{\"id\":\"n-2\",\"name\":\"nic1\",\"vm.name\":\"vm10\"}]}");
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThat(rows("vms?fields=name,cluster.nmae"))
        .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(400))
        .satisfies(answer -> assertThat(answer.body()).contains("cluster.nmae", "'nmae'"));
    assertThat(rows("vms?sort=memory+down").body()).contains("memory down");
    assertThat(rows("vms?from=-1").body()).contains("from: -1");
    assertThat(rows("vms/1").body()).contains("/vms/1 is no collection");
    assertThat(rows("wms").statusCode()).isEqualTo(404);
    assertThat(rows("vms", "Basic bm9ib2R5").statusCode()).isEqualTo(401);
  }

  @Test
  void whoMayNotListGetsNoRows() {
    server.forbidden = "vms.list";
    try {
      assertThat(rows("vms").statusCode()).isEqualTo(403);
    } finally {
      server.forbidden = "";
    }
  }
}
