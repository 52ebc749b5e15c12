package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.types.Api;

/** Logging in and out with oVirt's Java SDK. */
@ExtendWith(SharedEngine.class)
class SdkSessionTest {
  private final EngineAccess access;

  SdkSessionTest(EngineFixture engine) {
    this.access = engine.access();
  }

  @Test
  void theAdministratorLogsInAndSeesTheProduct() throws Exception {
    try (Connection connection = access.connect()) {
      Api api = connection.systemService().get().send().api();
      assertThat(api.productInfo().version().major().intValue()).isEqualTo(4);
      assertThat(api.authenticatedUser().userNamePresent() || api.authenticatedUser().idPresent())
          .isTrue();
      assertThat(connection.validate()).isTrue();
    }
  }

  @Test
  void aWrongPasswordIsRefusedWithAnErrorOfTheSso() throws Exception {
    Connection connection = access.connect("admin@internal", "wrong");
    try {
      assertThatThrownBy(() -> connection.systemService().get().send())
          .isInstanceOf(org.ovirt.engine.sdk4.Error.class)
          .hasStackTraceContaining("access_denied");
    } finally {
      // There is no session to end, and the SDK would wait without a deadline for one.
      connection.close(false);
    }
  }

  @Test
  void aTokenIsWorthNothingAfterLogout() throws Exception {
    Connection first = access.connect();
    String token = first.authenticate();
    try (Connection second = access.connectWithToken(token)) {
      assertThat(second.systemService().get().send().api().productInfoPresent()).isTrue();
      first.close(true);
      assertThatThrownBy(() -> second.systemService().get().send())
          .isInstanceOf(org.ovirt.engine.sdk4.Error.class);
    }
  }
}
