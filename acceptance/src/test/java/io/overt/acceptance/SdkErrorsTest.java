package io.overt.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ovirt.engine.sdk4.builders.Builders.tag;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.services.TagsService;
import org.ovirt.engine.sdk4.types.Tag;

/** What the SDK makes of the engine's refusals. */
@ExtendWith(SharedEngine.class)
class SdkErrorsTest {
  private final EngineAccess access;

  SdkErrorsTest(EngineFixture engine) {
    this.access = engine.access();
  }

  @Test
  void aNameThatIsTakenIsAConflict() throws Exception {
    try (Connection connection = access.connect()) {
      TagsService tags = connection.systemService().tagsService();
      Tag added = tags.add().tag(tag().name("errors-twice")).send().tag();
      assertThat(added.id()).isNotNull();
      assertThatThrownBy(() -> tags.add().tag(tag().name("errors-twice")).send())
          .isInstanceOf(org.ovirt.engine.sdk4.Error.class)
          .hasMessageContaining("409")
          .hasMessageContaining("errors-twice");
      tags.tagService(added.id()).remove().send();
      assertThat(tags.list().send().tags().stream().map(Tag::name)).doesNotContain("errors-twice");
    }
  }

  @Test
  void anIdThatNobodyHasIsNotFound() throws Exception {
    try (Connection connection = access.connect()) {
      for (String id : List.of("12345678-1234-1234-1234-123456789012", "no-id")) {
        assertThatThrownBy(
                () -> connection.systemService().tagsService().tagService(id).get().send())
            .isInstanceOf(org.ovirt.engine.sdk4.Error.class)
            .hasMessageContaining("404");
      }
    }
  }

  @Test
  void aMissingFieldIsABadRequestThatNamesIt() throws Exception {
    try (Connection connection = access.connect()) {
      assertThatThrownBy(() -> connection.systemService().tagsService().add().tag(tag()).send())
          .isInstanceOf(org.ovirt.engine.sdk4.Error.class)
          .hasMessageContaining("400")
          .hasMessageContaining("name");
    }
  }
}
