namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Start of a function app, as far as Program.cs of the function app uses it.</summary>
public class FunctionsApplication
{
    protected FunctionsApplication()
    {
    }

    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}
