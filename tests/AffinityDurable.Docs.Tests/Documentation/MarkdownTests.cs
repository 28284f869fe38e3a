namespace AffinityDurable.Docs.Tests.Documentation;

/// <summary>The tests of pages are worth what their reading is worth.</summary>
public sealed class MarkdownTests
{
    private const string Page = """
        # The `first` page: what, and why?
        See [the other](docs/other.md#part-two), ![a picture](docs/flow.svg) and `src/Some/File.cs`.

        ```yaml
        sync: x # [not](a-link.md)
        ```

        ```sh
        $ affinity-durable run x \
          --plain
        ```

            affinity-durable plan y
        """;

    [Fact]
    public void Links_are_found_outside_blocks()
    {
        Assert.Equal(["docs/other.md#part-two", "docs/flow.svg"], Markdown.Links(Page));
    }

    [Fact]
    public void Headings_become_the_fragments_that_GitHub_makes()
    {
        Assert.Equal(["the-first-page-what-and-why"], Markdown.Anchors(Page));
    }

    [Fact]
    public void Code_blocks_and_command_lines_are_found()
    {
        Assert.Equal(["first", "src/Some/File.cs"], Markdown.Code(Page));
        Assert.Equal(["sync: x # [not](a-link.md)\n"], Markdown.Blocks(Page, "yaml"));
        Assert.Equal(
            ["affinity-durable run x    --plain", "affinity-durable plan y"],
            Markdown.CommandLines(Page).Where(line => line.Length > 0));
    }
}
