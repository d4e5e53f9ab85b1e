/**
 * What the leader of the cluster decides: which defender owns which chamber. The planners are pure: the same request yields the same plan
 * in every process. Used by the leader controller and by dry runs.
 */
@NullMarked
package io.tfdc.leader;

import org.jspecify.annotations.NullMarked;
