package io.overt.engine.policies;

import io.overt.engine.placement.BalancedBy;
import io.overt.engine.placement.PolicyReader;
import io.overt.engine.resource.Platform;
import io.overt.engine.resource.Resource;
import io.overt.inventory.Entity;
import io.overt.inventory.Kinds;
import io.overt.model.ApiFault;
import io.overt.model.types.SchedulingPolicy;
import io.overt.rest.api.Extension;
import io.overt.rest.http.JsonObject;
import io.overt.scheduling.Profile;
import io.overt.scheduling.Selector;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET} and {@code PUT /overt/api/schedulingpolicies/{policy}/selector}: how a policy makes
 * one order of its weights' scores ({@code ?name=RankSelector}), whose rules its units follow
 * ({@code ?profile=current}), and whether its load balancer or the planner evens out its clusters
 * ({@code ?balancing=rules}), which oVirt's API does not show.
 */
public final class PolicySelectors {
  private final Platform platform;
  private final Resource<SchedulingPolicy> policies;

  public PolicySelectors(Platform platform) {
    this.platform = platform;
    this.policies = new Resource<>(platform, Kinds.SCHEDULING_POLICY);
  }

  public List<Extension> extensions() {
    String path = "schedulingpolicies/{policy}/selector";
    return List.of(
        new Extension("GET", path, "GET schedulingpolicies/{policy}", this::get),
        new Extension("PUT", path, "PUT schedulingpolicies/{policy}", this::put));
  }

  private JsonObject get(Extension.Request request) {
    return shown(policies.require(request.call(), platform.snapshot(), request.name("policy")));
  }

  private JsonObject put(Extension.Request request) {
    Selector selector = selector(request.parameter("name"));
    Profile profile = profile(request.parameter("profile"));
    BalancedBy balancing = balancing(request.parameter("balancing"));
    if (selector == null && profile == null && balancing == null) {
      throw ApiFault.bad(
          "nothing is to be changed: name a selector, one of %s, a profile, one of %s, or a balancing, one of %s"
              .formatted(selectors(), profiles(), balancings()));
    }
    Entity<SchedulingPolicy> updated =
        platform.write(
            transaction -> {
              Entity<SchedulingPolicy> policy =
                  PolicyParts.requireOpen(
                      policies, request.call(), transaction, request.name("policy"));
              Map<String, String> internals = new HashMap<>(policy.internals());
              if (selector != null) {
                internals.put(PolicyReader.SELECTOR, selector.id());
              }
              if (profile != null) {
                internals.put(PolicyReader.PROFILE, profile.name());
              }
              if (balancing != null) {
                internals.put(PolicyReader.BALANCING, balancing.name());
              }
              Entity<SchedulingPolicy> entity =
                  transaction.update(policy, policy.value(), internals);
              platform.report(
                  transaction, "USER_UPDATE_CLUSTER_POLICY", request.call(), entity.value());
              return entity;
            });
    return shown(updated);
  }

  private static @Nullable Selector selector(@Nullable String name) {
    return name == null
        ? null
        : Arrays.stream(Selector.values())
            .filter(each -> each.unitName().equals(name) || each.id().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    ApiFault.bad("name is '%s'; expected one of %s".formatted(name, selectors())));
  }

  private static @Nullable Profile profile(@Nullable String name) {
    return name == null
        ? null
        : Arrays.stream(Profile.values())
            .filter(each -> text(each).equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    ApiFault.bad(
                        "profile is '%s'; expected one of %s".formatted(name, profiles())));
  }

  private static @Nullable BalancedBy balancing(@Nullable String name) {
    return name == null
        ? null
        : Arrays.stream(BalancedBy.values())
            .filter(each -> text(each).equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    ApiFault.bad(
                        "balancing is '%s'; expected one of %s".formatted(name, balancings())));
  }

  private static List<String> balancings() {
    return Arrays.stream(BalancedBy.values()).map(PolicySelectors::text).toList();
  }

  private static String text(BalancedBy balancing) {
    return switch (balancing) {
      case RULES -> "rules";
      case PLANNER -> "planner";
    };
  }

  private static List<String> selectors() {
    return Arrays.stream(Selector.values()).map(Selector::unitName).toList();
  }

  private static List<String> profiles() {
    return Arrays.stream(Profile.values()).map(PolicySelectors::text).toList();
  }

  private static String text(Profile profile) {
    return switch (profile) {
      case CURRENT -> "current";
      case OVIRT_3_4 -> "ovirt-3.4";
    };
  }

  private static JsonObject shown(Entity<SchedulingPolicy> policy) {
    Selector selector = PolicyReader.selector(policy);
    return new JsonObject()
        .put("policy", policy.id())
        .put("name", selector.unitName())
        .put("id", selector.id())
        .put("profile", text(PolicyReader.profile(policy)))
        .put("balancing", text(PolicyReader.balancedBy(policy)))
        .put("locked", Boolean.TRUE.equals(policy.value().locked()));
  }
}
