namespace Microsoft.DurableTask.Client.Entities;

/// <summary>Type of <see cref="DurableTaskClient.Entities"/>. Durable entities are not used here, so nothing more is declared and nobody can derive from it.</summary>
public abstract class DurableEntityClient
{
    private protected DurableEntityClient(string name) => Name = name;

    public string Name { get; }
}
