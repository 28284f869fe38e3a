using System.Text;
using AffinityDurable.Cli;
using AffinityDurable.Cli.Commands;

if (Console.IsOutputRedirected || Console.IsErrorRedirected)
{
    Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
}

using var stop = new StopSignal();
return await CommandLine.InvokeAsync(args, stop.Token);
