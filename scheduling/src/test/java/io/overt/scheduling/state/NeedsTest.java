package io.overt.scheduling.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What follows for a host from how a machine is set up. */
class NeedsTest {
  private static final ClusterRules RULES =
      new ClusterRules(false, false, "Nehalem", "vmx, nx,model_Nehalem");
  private static final Function<String, Set<String>> MODELS =
      name -> Map.of("Haswell", Set.of("model_Haswell", "aes")).getOrDefault(name, Set.of());

  private static Set<String> flags(
      boolean passthrough, @Nullable String name, @Nullable String custom) {
    return CpuLevel.needs(RULES, passthrough, name, custom, MODELS);
  }

  @Test
  void flagsOfAProcessorThatIsPassedThroughBindOnlyOnceTheyWereSeen() {
    assertThat(flags(true, null, "Haswell")).isEmpty();
    assertThat(flags(true, "vmx,aes", null)).containsExactlyInAnyOrder("cpu:vmx", "cpu:aes");
  }

  @Test
  void flagsAreThoseOfTheClusterOrOfTheTypeThatAMachineHasOrAsksFor() {
    assertThat(flags(false, "Nehalem", "Haswell"))
        .containsExactlyInAnyOrder("cpu:vmx", "cpu:nx", "cpu:model_Nehalem");
    assertThat(flags(false, "Haswell", null))
        .containsExactlyInAnyOrder("cpu:model_Haswell", "cpu:aes");
    assertThat(flags(false, null, "Haswell"))
        .containsExactlyInAnyOrder("cpu:model_Haswell", "cpu:aes");
    assertThat(flags(false, null, null)).isEmpty();
    assertThat(flags(false, "Unheard", null)).isEmpty();
    // An empty type is not the cluster's, even if that has none either.
    assertThat(CpuLevel.needs(ClusterRules.PLAIN, false, "", "Haswell", MODELS)).hasSize(2);
  }

  private static NetworkNeeds.Interface plain(String network, boolean external, boolean required) {
    return new NetworkNeeds.Interface(
        network, external, required, external ? "phys" : null, null, false);
  }

  @Test
  void networksOfOthersNeedTheOneOnWhichTheyStand() {
    assertThat(
            NetworkNeeds.of(
                List.of(plain("red", false, true), plain("ovn", true, false)), "mgmt", false))
        .isEqualTo(
            new NetworkNeeds(Set.of("network:red", "network:phys", "display:mgmt"), List.of()));
  }

  @Test
  void onlyRequiredNetworksMatterWhereThatIsSetAndTheDisplayDoesNot() {
    assertThat(
            NetworkNeeds.of(
                List.of(plain("red", false, true), plain("blue", false, false)), "mgmt", true))
        .isEqualTo(new NetworkNeeds(Set.of("network:red"), List.of()));
  }

  @Test
  void interfacesPassedThroughNeedAFunctionAndTheirFailover() {
    var fast = new NetworkNeeds.Interface("fast", false, true, null, "slow", true);
    assertThat(NetworkNeeds.of(List.of(fast, fast), null, false))
        .isEqualTo(new NetworkNeeds(Set.of("network:slow"), List.of("fast", "fast")));
  }
}
