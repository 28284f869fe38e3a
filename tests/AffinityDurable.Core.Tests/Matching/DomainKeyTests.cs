using AffinityDurable.Core.Matching;
using CsCheck;

namespace AffinityDurable.Core.Tests.Matching;

public sealed class DomainKeyTests
{
    [Theory]
    [InlineData("acme.com", "acme.com")]
    [InlineData("ACME.com", "acme.com")]
    [InlineData("  acme.com\t", "acme.com")]
    [InlineData("www.acme.com", "acme.com")]
    [InlineData("WWW.www.Acme.com", "acme.com")]
    [InlineData("www.com", "www.com")]
    [InlineData("wwwacme.com", "wwwacme.com")]
    [InlineData("acme.com.", "acme.com")]
    [InlineData("https://acme.com", "acme.com")]
    [InlineData("HTTPS://WWW.ACME.COM:443/About?x=1#top", "acme.com")]
    [InlineData("//acme.com/x", "acme.com")]
    [InlineData("acme.com/about", "acme.com")]
    [InlineData("acme.com?x", "acme.com")]
    [InlineData("acme.com#x", "acme.com")]
    [InlineData("acme.com\\x", "acme.com")]
    [InlineData("acme.com/redirect?to=https://other.com", "acme.com")]
    [InlineData("acme.com:8080", "acme.com")]
    [InlineData("acme.com:", "acme.com")]
    [InlineData("ftp://user:pass@acme.com/x", "acme.com")]
    [InlineData("https://a@b@acme.com", "acme.com")]
    [InlineData("shop.acme.co.uk", "shop.acme.co.uk")]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("BÜCHER.example", "xn--bcher-kva.example")]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example")]
    [InlineData("https://www.bücher.example/ä", "xn--bcher-kva.example")]
    [InlineData("例え.テスト", "xn--r8jz45g.xn--zckzah")]
    [InlineData("例え。テスト", "xn--r8jz45g.xn--zckzah")]
    [InlineData("my_shop.acme.com", "my_shop.acme.com")]
    [InlineData("1acme.com", "1acme.com")]
    [InlineData("3m.com", "3m.com")]
    public void What_people_call_a_domain_becomes_the_host(string text, string host) => Assert.Equal(host, DomainKey.Normalize(text));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("n/a")]
    [InlineData("-")]
    [InlineData("acme")]
    [InlineData("http://acme")]
    [InlineData("localhost:8080")]
    [InlineData("jane@acme.com")]
    [InlineData("mailto:jane@acme.com")]
    [InlineData("Jane <jane@acme.com>")]
    [InlineData("192.168.0.1")]
    [InlineData("http://192.168.0.1:80/x")]
    [InlineData("0x7f.1")]
    [InlineData("[::1]")]
    [InlineData("https://[2001:db8::1]/")]
    [InlineData("2001:db8::1")]
    [InlineData("acme..com")]
    [InlineData(".acme.com")]
    [InlineData("acme.com..")]
    [InlineData("-acme.com")]
    [InlineData("acme-.com")]
    [InlineData("acme.com, acme.io")]
    [InlineData("acme.com acme.io")]
    [InlineData("acme.com;acme.io")]
    [InlineData("acme.com:80:80")]
    [InlineData("acme.com:123456")]
    [InlineData("acme.com:http")]
    [InlineData("a%20b.com")]
    [InlineData("acme.123")]
    [InlineData("www.")]
    [InlineData("https://")]
    [InlineData(".")]
    public void What_cannot_be_a_domain_gives_null(string text) => Assert.Null(DomainKey.Normalize(text));

    [Fact]
    public void Labels_have_up_to_63_letters_and_hosts_up_to_253()
    {
        var label = new string('a', 63);
        Assert.NotNull(DomainKey.Normalize($"{label}.com"));
        Assert.Null(DomainKey.Normalize($"{label}a.com"));
        Assert.NotNull(DomainKey.Normalize($"{label}.{label}.{label}.{new string('a', 61)}"));
        Assert.Null(DomainKey.Normalize($"{label}.{label}.{label}.{new string('a', 62)}"));
    }

    [Fact]
    public void A_host_that_is_normal_already_is_given_back_without_allocating()
    {
        const string Normal = "shop.acme.co.uk";
        Assert.Same(Normal, DomainKey.Normalize(Normal));

        Assert.Equal(0, Allocated.ByThousand(_ => DomainKey.Normalize(Normal)));
        Assert.Equal(0, Allocated.ByThousand(_ => DomainKey.TryNormalize("https://www.acme.com/about", out var _)));
    }

    private static readonly Gen<string> Host =
        Gen.Char["abcxyz019ÄßéTW例-"].Array[1, 8].Select(letters => new string(letters)).Array[1, 4].Select(labels => string.Join('.', labels));

    private static readonly Gen<string> Text = Gen.OneOf(
        Host,
        Gen.Select(Gen.OneOf("", "http://", "HTTPS://", "//", "www.", "https://u:p@www."), Host, Gen.OneOf("", ".", ":80", "/a/b", "?q", "./#x"),
            (before, host, after) => before + host + after),
        Gen.Char["acom.:/?#@[]-_ wW\\%1éß。"].Array[0, 20].Select(letters => new string(letters)),
        Gen.String);

    [Fact]
    public void Normalizing_twice_changes_nothing_and_the_result_is_a_plain_host() => Text.Sample(
        text =>
        {
            if (DomainKey.Normalize(text) is { } host)
            {
                Assert.Equal(host, DomainKey.Normalize(host));
                Assert.Matches(@"^[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})+$", host);
                Assert.InRange(host.Length, 3, 253);
            }
        },
        iter: 50_000);

    [Fact]
    public void Dressing_up_a_host_does_not_change_its_key() => Gen.Select(
        Host, Gen.OneOf("", "http://", "https://", "HTTPS://", "//", "https://user:pw@"), Gen.OneOf("", "www.", "WWW."),
        Gen.OneOf("", "/", "/path?x=1", ":443", ":8080/x", "?x", "#x")).Sample(
        (host, scheme, www, rest) =>
        {
            if (DomainKey.Normalize(host) is { } key)
            {
                Assert.Equal(key, DomainKey.Normalize(scheme + www + host + rest));
            }
        },
        iter: 20_000);
}
