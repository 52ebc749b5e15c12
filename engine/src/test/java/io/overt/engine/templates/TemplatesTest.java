package io.overt.engine.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.overt.engine.vms.MachineFixture;
import io.overt.engine.vms.Machines;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.Outcome;
import io.overt.model.services.TemplateService;
import io.overt.model.services.TemplatesService;
import io.overt.model.services.VmNicsService;
import io.overt.model.services.VmsService;
import io.overt.model.types.Display;
import io.overt.model.types.DisplayType;
import io.overt.model.types.JobStatus;
import io.overt.model.types.Nic;
import io.overt.model.types.Template;
import io.overt.model.types.TemplateStatus;
import io.overt.model.types.TemplateVersion;
import io.overt.model.types.Vm;
import java.time.Duration;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TemplatesTest {
  private final MachineFixture fixture = new MachineFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void blankIsThereAndStaysAsItIs() {
    TemplateService blank = fixture.templates.template(Machines.BLANK);
    Template shown = blank.get(new TemplateService.GetRequest(fixture.call()));
    assertThat(shown.name()).isEqualTo("Blank");
    assertThat(Objects.requireNonNull(shown.version()).versionNumber()).isZero();
    assertThat(shown.console()).isNull();
    Template other = new Template();
    other.name("Other");
    refused(
        409,
        () ->
            blank.update(
                new TemplateService.UpdateRequest(fixture.call().with("template", other))));
    refused(409, () -> blank.remove(new TemplateService.RemoveRequest(fixture.call())));
  }

  @Test
  void aTemplateTakesTheMachinesValuesAndIsUsableAfterItsJob() {
    Vm source = fixture.blank("source");
    source.memory(512L << 20);
    Template template = create("tpl", fixture.add(source));

    assertThat(template.status()).isEqualTo(TemplateStatus.LOCKED);
    assertThat(template.memory()).isEqualTo(512L << 20);
    TemplateVersion version = Objects.requireNonNull(template.version());
    assertThat(version.versionName()).isEqualTo("base version");
    assertThat(version.versionNumber()).isEqualTo(1);
    assertThat(Objects.requireNonNull(version.baseTemplate()).id()).isEqualTo(template.id());
    assertThat(get(template).status()).isEqualTo(TemplateStatus.OK);
  }

  @Test
  void machinesOfATemplateGetItsInterfacesAndKeepIt() {
    Vm source = fixture.add("source");
    Nic nic = new Nic();
    nic.name("nic1");
    fixture.one(source).nics().add(new VmNicsService.AddRequest(fixture.call().with("nic", nic)));
    Template template = create("tpl", source);
    Vm thin = fixture.add(fixture.blank("thin").template(new Template().id(template.id())));
    Vm clone =
        Objects.requireNonNull(
            fixture
                .vms
                .add(
                    new VmsService.AddRequest(
                        fixture
                            .call()
                            .with(
                                "vm",
                                fixture.blank("clone").template(new Template().id(template.id())))
                            .with("clone", true)))
                .entity());

    assertThat(fixture.one(thin).nics().list(new VmNicsService.ListRequest(fixture.call())))
        .singleElement()
        .satisfies(copy -> assertThat(copy.mac()).isNotNull());
    assertThat(Objects.requireNonNull(thin.template()).id()).isEqualTo(template.id());
    assertThat(Objects.requireNonNull(clone.template()).id()).isEqualTo(Machines.BLANK);
    assertThat(Objects.requireNonNull(clone.originalTemplate()).id()).isEqualTo(template.id());
    assertThatExceptionOfType(ApiFault.class)
        .isThrownBy(() -> remove(template))
        .satisfies(
            fault -> {
              assertThat(fault.category().status()).isEqualTo(409);
              assertThat(fault.detail()).contains("thin").doesNotContain("clone");
            });
  }

  @Test
  void anUnusedTemplateIsRemovedAndMachinesForgetIt() {
    Vm source = fixture.add("source");
    Template template = create("tpl", source);
    fixture.vms.add(
        new VmsService.AddRequest(
            fixture
                .call()
                .with("vm", fixture.blank("clone").template(new Template().id(template.id())))
                .with("clone", true)));
    assertThat(remove(template).job()).isNotNull();
    assertThat(fixture.engine.inventory().snapshot().count(Kinds.TEMPLATE)).isEqualTo(1);
  }

  @Test
  void theKindOfDisplayOfATemplateIsThatOfItsMachines() {
    Template wanted = new Template();
    wanted.name("shown");
    wanted.vm(new Vm().id(fixture.add("source").id()));
    wanted.display(new Display().type_(DisplayType.SPICE));
    assertThat(display(create(wanted))).isEqualTo(DisplayType.SPICE);

    Template template = create("plain", fixture.add("other"));
    assertThat(display(template)).isEqualTo(DisplayType.VNC);
    Template change = new Template();
    change.display(new Display().type_(DisplayType.SPICE));
    fixture
        .templates
        .template(template.requireId())
        .update(new TemplateService.UpdateRequest(fixture.call().with("template", change)));
    assertThat(display(get(template))).isEqualTo(DisplayType.SPICE);
  }

  private static @Nullable DisplayType display(Template template) {
    return Objects.requireNonNull(template.display()).type_();
  }

  @Test
  void versionsShareTheNameOfTheirBase() {
    Vm source = fixture.add("source");
    Template base = create("tpl", source);
    Template body = new Template();
    body.name("ignored");
    body.vm(new Vm().id(source.id()));
    body.version(
        new TemplateVersion().versionName("second").baseTemplate(new Template().id(base.id())));
    Template second = create(body);
    assertThat(second.name()).isEqualTo("tpl");
    assertThat(Objects.requireNonNull(second.version()).versionNumber()).isEqualTo(2);
    refused(409, () -> create("tpl", source));
    refused(409, () -> remove(base));
  }

  @Test
  void whatIsMissingIsNamed() {
    Template body = new Template();
    refused(400, () -> create(body));
    body.name("tpl");
    refused(400, () -> create(body));
  }

  private Template create(String name, Vm source) {
    Template body = new Template();
    body.name(name);
    return create(body.vm(new Vm().id(source.id())));
  }

  private Template create(Template body) {
    Outcome<Template> outcome =
        fixture.templates.add(
            new TemplatesService.AddRequest(fixture.call().with("template", body)));
    assertThat(
            fixture
                .operations()
                .await(Objects.requireNonNull(outcome.job()), Duration.ofSeconds(30)))
        .contains(JobStatus.FINISHED);
    return Objects.requireNonNull(outcome.entity());
  }

  private Template get(Template template) {
    return fixture
        .templates
        .template(template.requireId())
        .get(new TemplateService.GetRequest(fixture.call()));
  }

  private Outcome<?> remove(Template template) {
    return fixture
        .templates
        .template(template.requireId())
        .remove(new TemplateService.RemoveRequest(fixture.call()));
  }

  private static void refused(int status, ThrowingCallable call) {
    assertThatExceptionOfType(ApiFault.class)
        .isThrownBy(call)
        .satisfies(fault -> assertThat(fault.category().status()).isEqualTo(status));
  }
}
