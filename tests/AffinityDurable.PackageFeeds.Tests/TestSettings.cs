// Every test starts builds of its own, each of which uses all cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
