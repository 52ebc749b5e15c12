/**
 * A client of the API of an engine, for Java: needs nothing but the JDK.
 *
 * <p>Programs that learn at run time what they deal with use {@link io.overt.sdk.Connection}, which
 * takes paths and answers {@link io.overt.sdk.document.Node nodes}, and {@link
 * io.overt.sdk.schema.Schema}, which knows what there is:
 *
 * <pre>{@code
 * try (Connection c = Connection.builder().url("https://engine/ovirt-engine/api")
 *     .login("admin@internal", password).ca(Path.of("ca.pem")).build()) {
 *   Node.Builder vm = Node.builder("vm").set("name", "web01").set("cluster", "Default");
 *   Reply added = c.add("vms", vm.set("template", "Blank").set("os.boot.devices", "hd").build(), Map.of());
 *   String path = "vms/" + added.node().id().orElseThrow();
 *   Reply started = c.act(path, "start", Node.builder("action").build());
 *   c.job(started).ifPresent(job -> job.onProgress(p -> show(p.percent())).join());
 *   c.stream("vms", Map.of("search", "status=up", "follow", "nics"), 100).forEach(System.out::println);
 *   c.update(path, Node.builder("vm").set("memory", "2147483648").build(), Map.of());
 *   c.events().after(0).subscribe(event -> System.out.println(event.text("description")));
 *   ServiceType vms = Schema.current().walk("vms").service();
 *   vms.operation("add").orElseThrow().body();        // the parameter whose type has the members
 * }
 * }</pre>
 *
 * <p>Calls that fail throw {@link io.overt.sdk.ApiException}s of a sealed hierarchy.
 */
@NullMarked
package io.overt.sdk;

import org.jspecify.annotations.NullMarked;
