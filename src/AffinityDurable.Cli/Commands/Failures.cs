using AffinityDurable.Cli.Output;
using AffinityDurable.Core.Affinity;
using AffinityDurable.Core.Errors;
using Microsoft.Extensions.Options;

namespace AffinityDurable.Cli.Commands;

/// <summary>Turns what ends a command early into a message and an exit code.</summary>
internal static class Failures
{
    public static async Task<int> GuardAsync(Terminal terminal, Func<Task<int>> command, CancellationToken stop)
    {
        try
        {
            return await command();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCodes.Cancelled;
        }
        catch (ProblemException exception)
        {
            ProblemList.Write(terminal.ErrorLine, exception.Problems);
            return ExitCodes.Failed;
        }
        catch (AffinityException exception)
        {
            var code = AffinityErrors.Of(exception.Fault.Kind);
            ProblemList.Write(terminal.ErrorLine, [Problem.Of(code, $"{code.Title}: {exception.Fault.Message}")]);
            return ExitCodes.Failed;
        }
        catch (OptionsValidationException exception)
        {
            foreach (var failure in exception.Failures)
            {
                terminal.ErrorLine(failure);
            }

            return ExitCodes.Usage;
        }
        catch (Exception exception)
        {
            // The stack stays out: it tells users nothing, and messages of libraries name what failed.
            terminal.ErrorLine($"{exception.GetType().Name}: {exception.Message}");
            return ExitCodes.Failed;
        }
    }
}
