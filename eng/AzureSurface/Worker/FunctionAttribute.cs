namespace Microsoft.Azure.Functions.Worker;

/// <summary>Makes a public method a function of that name.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class FunctionAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
