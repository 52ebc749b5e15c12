/**
 * What placement knows of a cluster: a column for each figure of its hosts, the machines on them,
 * and the rules that bind machines to each other and to hosts. Changed by one thread only.
 *
 * <p>Starting points: {@link io.overt.scheduling.state.ClusterState}, {@link
 * io.overt.scheduling.state.HostFacts}, {@link io.overt.scheduling.state.Machine}.
 */
@NullMarked
package io.overt.scheduling.state;

import org.jspecify.annotations.NullMarked;
