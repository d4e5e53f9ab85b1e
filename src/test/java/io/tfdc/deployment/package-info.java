/** Tests of what installs and watches Defender: the Helm chart, the Prometheus rules, the dashboards and the image. */
@NullMarked
package io.tfdc.deployment;

import org.jspecify.annotations.NullMarked;
