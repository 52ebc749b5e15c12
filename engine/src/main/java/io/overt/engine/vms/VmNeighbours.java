package io.overt.engine.vms;

import io.overt.engine.disks.TemplateDisks;
import io.overt.engine.resource.HostVerbs;
import io.overt.engine.vms.guest.MachineReports;
import io.overt.engine.vms.run.VmLifeCycle;
import io.overt.engine.vms.snapshots.MachineSnapshots;
import io.overt.inventory.Key;
import io.overt.model.services.AssignedAffinityLabelsService;
import io.overt.model.services.AssignedPermissionsService;
import io.overt.model.services.DiskAttachmentsService;
import io.overt.model.services.TemplateDiskAttachmentsService;
import io.overt.operations.Operations;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What other features contribute to machines, templates and pools.
 *
 * @param permissions those of an object
 * @param diskAttachments those of the machine with that id
 * @param templateDiskAttachments those of the template with that id
 * @param affinityLabels those of an object
 */
public record VmNeighbours(
    VmLifeCycle lifeCycle,
    MachineSnapshots snapshots,
    MachineReports reports,
    HostVerbs hosts,
    ApplianceExports appliances,
    Supplier<Operations> operations,
    TemplateDisks disks,
    Function<Key, AssignedPermissionsService> permissions,
    Function<String, DiskAttachmentsService> diskAttachments,
    Function<String, TemplateDiskAttachmentsService> templateDiskAttachments,
    Function<Key, AssignedAffinityLabelsService> affinityLabels) {}
