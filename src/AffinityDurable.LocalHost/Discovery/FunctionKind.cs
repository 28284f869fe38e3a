namespace AffinityDurable.LocalHost.Discovery;

internal enum FunctionKind
{
    Orchestrator,
    Activity,
    Timer,
    Http,
    Queue,
}
