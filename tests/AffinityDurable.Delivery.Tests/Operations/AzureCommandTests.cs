namespace AffinityDurable.Delivery.Tests.Operations;

/// <summary>Commands of az and azd, on pages and in scripts, are those of these programs.</summary>
public sealed class AzureCommandTests
{
    [Fact]
    public void Commands_are_found()
    {
        Assert.True(TypedCommands.Of("az").Count(typed => typed.Place == "docs/operations.md") > 40);
        Assert.Contains(TypedCommands.Of("az"), typed => typed.Place.EndsWith(".sh", StringComparison.Ordinal));
        Assert.NotEmpty(TypedCommands.Of("azd"));
    }

    [Fact]
    public void Commands_of_az_have_the_form_that_it_asks_for() =>
        Assert.Empty(TypedCommands.Of("az").SelectMany(typed => Problems(CommandGrammar.Az, typed)));

    [Fact]
    public void Commands_of_azd_have_the_form_that_it_asks_for() =>
        Assert.Empty(TypedCommands.Of("azd").SelectMany(typed => Problems(CommandGrammar.Azd, typed)));

    [Theory]
    [InlineData("keyvault secert set --vault-name v --name n --file f", "no command")]
    [InlineData("keyvault", "no command")]
    [InlineData("keyvault secret set --vault-name v --name n --fil f", "there is no option --fil")]
    [InlineData("keyvault secret set --name n --file f", "lacks --vault-name or --id")]
    [InlineData("keyvault secret set --vault-name v --name n", "lacks --file or --value")]
    [InlineData("keyvault secret set --vault-name v --name --file f", "--name lacks its value")]
    [InlineData("keyvault secret set --vault-name v --name n --file", "--file lacks its value")]
    [InlineData("functionapp restart --name a", "lacks --resource-group or --ids")]
    [InlineData("functionapp restart now --name a --resource-group g", "takes at most 0 arguments")]
    [InlineData("storage blob list --container-name c --account-name a --auth-mode logn", "cannot be 'logn'")]
    [InlineData("storage blob list --container-name c", "lacks --account-name or --connection-string")]
    [InlineData("account show --output tvs", "--output cannot be 'tvs'")]
    [InlineData("durabletask taskhub delete --name h --scheduler-name s --resource-group g --yes=1", "--yes takes no value")]
    public void A_mistake_in_a_command_of_az_is_found(string arguments, string problem) =>
        Assert.Contains(CommandGrammar.Az.Problems(arguments.Split(' ')), found => found.Contains(problem, StringComparison.Ordinal));

    [Theory]
    [InlineData("keyvault secret set --vault-name v -n n -f /dev/stdin --output none")]
    [InlineData("functionapp restart --ids i")]
    [InlineData("ad app update --id i --identifier-uris a b")]
    [InlineData("deployment sub create --location=l --name n")]
    [InlineData("deployment sub what-if --name n ${template[@]}")]
    [InlineData("storage blob list -c c --account-name a --auth-mode $MODE")]
    public void What_az_takes_is_let_through(string arguments) => Assert.Empty(CommandGrammar.Az.Problems(arguments.Split(' ')));

    [Theory]
    [InlineData("upp", "no command")]
    [InlineData("env new", null)]
    [InlineData("env set A b", null)]
    [InlineData("env set A b c", "takes at most 2 arguments")]
    [InlineData("provision --previw", "there is no option --previw")]
    public void A_mistake_in_a_command_of_azd_is_found(string arguments, string? problem)
    {
        var found = CommandGrammar.Azd.Problems(arguments.Split(' ')).ToList();

        Assert.True(problem is null ? found.Count == 0 : found.Exists(one => one.Contains(problem, StringComparison.Ordinal)), string.Join('\n', found));
    }

    [Fact]
    public void Storage_is_asked_as_who_has_signed_in_since_the_account_takes_no_key() =>
        Assert.DoesNotContain(TypedCommands.Of("az"), typed =>
            typed.Command.Words is [_, "storage", "blob" or "container" or "queue" or "message" or "table", ..]
            && typed.Command.Words.Any(word => word.StartsWith("--", StringComparison.Ordinal))
            && !typed.Command.ToString().Contains("--auth-mode login", StringComparison.Ordinal));

    [Fact]
    public void Secrets_go_into_the_vault_from_a_file_and_are_not_shown() =>
        Assert.DoesNotContain(TypedCommands.Of("az"), typed =>
            typed.Command.Words is [_, "keyvault", "secret", "set", ..]
            && (typed.Command.Words.Contains("--value") || !typed.Command.ToString().Contains("--output none", StringComparison.Ordinal)));

    /// <summary>A command that is only named, in running text, may be a part of one.</summary>
    private static IEnumerable<string> Problems(CommandGrammar grammar, TypedCommand typed) =>
        typed.Command.Arguments.Any(word => word.StartsWith('-')) || !grammar.IsBeginning(typed.Command.Arguments)
            ? grammar.Problems(typed.Command.Arguments).Select(problem => $"{typed.Place}: {problem}")
            : [];
}
